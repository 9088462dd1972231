-- One row per territory view, series and year: the figure that counts, whether it was reported for the unit itself or joined
-- from older units, why it could not be joined, and the mark of a break where the territory changed.
with by_view as (
    select * from {{ ref('int_series__by_view') }}
),

rebuilt as (
    select * from {{ ref('int_series__rebuilt') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

admin_units as (
    select * from {{ ref('admin_units') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

breaks as (
    select * from {{ ref('int_admin_units__breaks') }}
),

-- On current boundaries a year that older units reported on is never silently absent.
all_years as (
    select
        by_view.*,
        cast(null as varchar) as not_rebuilt_vi
    from by_view
    union all
    select
        'current_boundaries' as territory_view,
        rebuilt.indicator_code,
        rebuilt.admin_unit_code,
        rebuilt.method_version,
        rebuilt.observed_year,
        rebuilt.is_conflicting,
        rebuilt.conflict_vi,
        rebuilt.value_in_indicator_unit,
        rebuilt.qualifier,
        rebuilt.status_code,
        cast(null as date) as published_on,
        rebuilt.rebuilt_vi,
        true as is_rebuilt,
        rebuilt.is_estimated,
        rebuilt.not_rebuilt_vi
    from rebuilt
    left join by_view
        on
            by_view.territory_view = 'current_boundaries'
            and rebuilt.indicator_code = by_view.indicator_code
            and rebuilt.admin_unit_code = by_view.admin_unit_code
            and rebuilt.method_version = by_view.method_version
            and rebuilt.observed_year = by_view.observed_year
    where by_view.indicator_code is null
),

-- The first figure of the unit itself since it began.
first_since as (
    select
        all_years.indicator_code,
        all_years.admin_unit_code,
        all_years.method_version,
        min(all_years.observed_year) as first_year
    from all_years
    inner join breaks on all_years.admin_unit_code = breaks.admin_unit_code
    where not all_years.is_rebuilt and all_years.observed_year >= breaks.began_year
    group by all_years.indicator_code, all_years.admin_unit_code, all_years.method_version
)

select
    all_years.territory_view,
    all_years.indicator_code,
    indicators.name_vi as indicator_name_vi,
    all_years.admin_unit_code,
    admin_units.label_vi as admin_unit_name_vi,
    all_years.method_version,
    all_years.observed_year,
    case when not all_years.is_conflicting then all_years.value_in_indicator_unit end as value,
    indicators.unit_of_measure,
    units.name_vi as unit_name_vi,
    case when not all_years.is_conflicting and all_years.value_in_indicator_unit is not null then all_years.qualifier end
        as qualifier,
    case when not all_years.is_conflicting then all_years.status_code end as status_code,
    case when not all_years.is_conflicting then all_years.published_on end as published_on,
    all_years.is_conflicting,
    all_years.conflict_vi,
    all_years.is_rebuilt,
    case when all_years.is_rebuilt then coalesce(rebuilt.aggregation, indicators.aggregation) end as aggregation,
    all_years.is_estimated,
    all_years.rebuilt_vi,
    all_years.not_rebuilt_vi,
    first_since.first_year is not null as is_break,
    case when first_since.first_year is not null then breaks.break_vi end as break_vi
from all_years
inner join indicators on all_years.indicator_code = indicators.indicator_code
inner join admin_units on all_years.admin_unit_code = admin_units.admin_unit_code
left join units on indicators.unit_of_measure = units.unit_of_measure
left join breaks on all_years.admin_unit_code = breaks.admin_unit_code
left join rebuilt
    on
        all_years.is_rebuilt
        and all_years.indicator_code = rebuilt.indicator_code
        and all_years.admin_unit_code = rebuilt.admin_unit_code
        and all_years.method_version = rebuilt.method_version
        and all_years.observed_year = rebuilt.observed_year
left join first_since
    on
        all_years.indicator_code = first_since.indicator_code
        and all_years.admin_unit_code = first_since.admin_unit_code
        and all_years.method_version = first_since.method_version
        and all_years.observed_year = first_since.first_year
