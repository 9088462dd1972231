-- One row per territory view, series and year with a figure: what was reported for the unit itself and, on current
-- boundaries, what older units reported where the unit itself has nothing.
with reported as (
    select * from {{ ref('int_series__yearly') }}
),

rebuilt as (
    select * from {{ ref('int_series__rebuilt') }}
    where value_in_indicator_unit is not null
),

units as (
    select * from {{ ref('admin_units') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

in_force as (
    select units.admin_unit_code
    from units
    cross join instant
    where
        instant.as_of_on >= coalesce(units.valid_from, instant.as_of_on)
        and instant.as_of_on <= coalesce(units.valid_to, instant.as_of_on)
),

views as (
    select 'as_reported' as territory_view
    union all
    select 'current_boundaries' as territory_view
)

select
    views.territory_view,
    reported.indicator_code,
    reported.admin_unit_code,
    reported.method_version,
    reported.observed_year,
    reported.is_conflicting,
    reported.conflict_vi,
    reported.value_in_indicator_unit,
    reported.qualifier,
    reported.status_code,
    reported.published_on,
    cast(null as varchar) as rebuilt_vi,
    false as is_rebuilt,
    false as is_estimated
from reported
cross join views
left join in_force on reported.admin_unit_code = in_force.admin_unit_code
where views.territory_view = 'as_reported' or in_force.admin_unit_code is not null
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
    rebuilt.published_on,
    rebuilt.rebuilt_vi,
    true as is_rebuilt,
    rebuilt.is_estimated
from rebuilt
left join reported
    on
        rebuilt.indicator_code = reported.indicator_code
        and rebuilt.admin_unit_code = reported.admin_unit_code
        and rebuilt.method_version = reported.method_version
        and rebuilt.observed_year = reported.observed_year
where reported.observation_key is null
