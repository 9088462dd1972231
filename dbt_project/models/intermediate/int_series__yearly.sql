-- One row per (indicator, unit, method) and calendar year with a countable full-year figure; part-years never stand in.
with observations as (
    select * from {{ ref('int_observations__ranked') }}
),

yearly as (
    select
        *,
        cast(extract(year from period_end) as integer) as observed_year
    from observations
    where period_kind = 'year'
),

conflicts as (
    select
        series_key,
        string_agg(
            concat({{ vi_number('value', 6) }}, ' (', source, ')'), '; '
            order by vintage
        ) as conflict_vi
    from yearly
    where is_conflicting
    group by series_key
)

select
    yearly.indicator_code,
    yearly.admin_unit_code,
    yearly.method_version,
    yearly.observed_year,
    yearly.observation_key,
    yearly.is_conflicting,
    conflicts.conflict_vi,
    yearly.value_in_indicator_unit,
    yearly.qualifier,
    yearly.status_code,
    yearly.published_on,
    yearly.published_text
from yearly
left join conflicts on yearly.series_key = conflicts.series_key
where yearly.candidate_rank = 1
