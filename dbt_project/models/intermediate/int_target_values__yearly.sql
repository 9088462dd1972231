-- One row per target and calendar year with a countable figure of its own indicator, unit and method, in the target's unit.
with targets as (
    select * from {{ ref('int_targets__bounds') }}
),

series as (
    select * from {{ ref('int_series__yearly') }}
)

select
    targets.target_code,
    series.observed_year,
    series.observation_key,
    series.is_conflicting,
    series.conflict_vi,
    {{ to_12_digits('series.value_in_indicator_unit * targets.factor_from_indicator_unit') }} as observed_value,
    series.qualifier,
    series.status_code,
    series.published_on,
    series.published_text
from targets
inner join series
    on
        targets.indicator_code = series.indicator_code
        and targets.admin_unit_code = series.admin_unit_code
        and targets.method_version = series.method_version
