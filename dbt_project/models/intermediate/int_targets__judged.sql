-- One row per territory view, target and evaluation year whose kind has a method: the methods side by side, in one shape.
{% for kind in ['end_level', 'average_growth', 'cumulative', 'every_year', 'annual_change', 'increment', 'milestone'] %}
    select * from {{ ref('int_judged__' ~ kind) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
