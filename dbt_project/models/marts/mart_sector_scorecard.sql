-- One row per plan, sector and evaluation year: how many targets got each verdict, never one number that hides them.
with status as (
    select * from {{ ref('mart_target_status') }}
    where territory_view = 'as_reported'
)

select
    plan_code,
    plan_title_vi,
    sector_code,
    sector_name_vi,
    evaluation_year,
    cast(count(*) as integer) as targets_total,
    cast(count(*) filter (
        where verdict_code not in (
            'not_due', 'basis_ceased', 'superseded', 'conflicting_data', 'no_data', 'insufficient_data'
        )
    ) as integer) as targets_assessed,
    {% for code in [
        'not_due', 'basis_ceased', 'superseded', 'conflicting_data', 'no_data', 'insufficient_data', 'exceeded',
        'achieved', 'missed', 'maintained', 'breached', 'achieved_early', 'on_track', 'needs_acceleration',
        'off_track', 'moving_away'
    ] %}
        cast(count(*) filter (where verdict_code = '{{ code }}') as integer) as {{ code }}_count{% if not loop.last %},{% endif %}
    {% endfor %}
from status
group by plan_code, plan_title_vi, sector_code, sector_name_vi, evaluation_year
