-- One row per target and year a person supposes a figure for: the variable `what_if`, empty in every published build.
{% set supposed = var('what_if', []) %}
with supposed as (
    {% if supposed %}
        {% for row in supposed %}
            select
                '{{ row["target_code"] }}' as target_code,
                {{ row["year"] | int }} as supposed_year,
                cast({{ row["value"] | float }} as double) as supposed_value
            {% if not loop.last %}union all{% endif %}
        {% endfor %}
    {% else %}
        select
            '' as target_code,
            0 as supposed_year,
            cast(0 as double) as supposed_value
        where false
    {% endif %}
)

select
    targets.target_code,
    cast(supposed.supposed_year as integer) as supposed_year,
    supposed.supposed_value
from supposed
inner join {{ ref('targets') }} as targets on supposed.target_code = targets.target_code
