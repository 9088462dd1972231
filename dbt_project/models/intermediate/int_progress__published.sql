-- One row per territory view, target, evaluation year and published method that can measure it: value, score and status.
with cases as (
    select * from {{ ref('int_targets__measurable') }}
    where not_measured_vi is null
)

{% for method in ['open_sdg', 'eurostat'] %}
    select
        '{{ method }}' as method,
        measured.*
    from ({{ published_progress(method, 'cases', limit='null') }}) as measured
    {% if not loop.last %}union all{% endif %}
{% endfor %}
