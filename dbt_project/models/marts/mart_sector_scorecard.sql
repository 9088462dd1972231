-- One row per plan, sector and evaluation year: how many targets got each verdict, never one number that hides them. The
-- mean of the published `open_sdg` scores stands beside it, with the number of targets it covers.
with status as (
    select * from {{ ref('mart_target_status') }}
    where territory_view = 'as_reported'
),

scores as (
    select
        target_code,
        evaluation_year,
        score
    from {{ ref('mart_progress_components') }}
    where territory_view = 'as_reported' and method = 'open_sdg' and score is not null
)

select
    plan_code,
    plan_title_vi,
    sector_code,
    sector_name_vi,
    status.evaluation_year,
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
    {% endfor %},
    cast(count(scores.score) as integer) as targets_scored,
    {{ to_12_digits('sum(scores.score order by status.target_code) / nullif(count(scores.score), 0)') }} as mean_score
from status
left join scores on status.target_code = scores.target_code and status.evaluation_year = scores.evaluation_year
group by plan_code, plan_title_vi, sector_code, sector_name_vi, status.evaluation_year
