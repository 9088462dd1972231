-- One row per territory view, target and calendar year with a countable figure of its own indicator, unit and method, in
-- the target's unit; a supposed figure stands in for it.
with targets as (
    select * from {{ ref('int_targets__bounds') }}
),

series as (
    select * from {{ ref('int_series__by_view') }}
),

supposed as (
    select * from {{ ref('int_supposed__values') }}
),

views as (
    select distinct
        territory_view,
        target_code
    from {{ ref('int_target_years__due') }}
),

observed as (
    select
        views.territory_view,
        views.target_code,
        series.observed_year,
        series.is_conflicting,
        series.conflict_vi,
        {{ to_12_digits('series.value_in_indicator_unit * targets.factor_from_indicator_unit') }} as observed_value,
        series.qualifier,
        series.status_code,
        series.published_on,
        series.rebuilt_vi,
        series.is_rebuilt,
        series.is_estimated
    from views
    inner join targets on views.target_code = targets.target_code
    inner join series
        on
            views.territory_view = series.territory_view
            and targets.indicator_code = series.indicator_code
            and targets.admin_unit_code = series.admin_unit_code
            and targets.method_version = series.method_version
)

select
    observed.*,
    false as is_supposed
from observed
left join supposed
    on observed.target_code = supposed.target_code and observed.observed_year = supposed.supposed_year
where supposed.target_code is null
union all
select
    views.territory_view,
    supposed.target_code,
    supposed.supposed_year as observed_year,
    false as is_conflicting,
    cast(null as varchar) as conflict_vi,
    supposed.supposed_value as observed_value,
    cast(null as varchar) as qualifier,
    cast(null as varchar) as status_code,
    cast(null as date) as published_on,
    cast(null as varchar) as rebuilt_vi,
    false as is_rebuilt,
    false as is_estimated,
    true as is_supposed
from supposed
inner join views on supposed.target_code = views.target_code
