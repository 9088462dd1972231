-- One row per territory view, target and evaluation year: from the period's start to the earlier of its end and the
-- as-of's year, or one row, not due, for a period that has not begun. On current boundaries only targets of units in force.
with targets as (
    select * from {{ ref('int_targets__bounds') }}
),

plans as (
    select * from {{ ref('plans') }}
),

units as (
    select * from {{ ref('admin_units') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

supposed as (
    select
        target_code,
        max(supposed_year) as supposed_to_year
    from {{ ref('int_supposed__values') }}
    group by target_code
),

years as (
    select cast(years.year as integer) as evaluation_year from range(1950, 2151) as years (year)
),

placed as (
    select
        targets.*,
        plans.superseded_on,
        instant.as_of_year,
        greatest(instant.as_of_year, coalesce(supposed.supposed_to_year, 0)) as judged_to_year,
        instant.as_of_on >= coalesce(units.valid_from, instant.as_of_on)
        and instant.as_of_on <= coalesce(units.valid_to, instant.as_of_on) as is_unit_in_force
    from targets
    inner join plans on targets.plan_code = plans.plan_code
    inner join units on targets.admin_unit_code = units.admin_unit_code
    cross join instant
    left join supposed on targets.target_code = supposed.target_code
),

views as (
    select 'as_reported' as territory_view
    union all
    select 'current_boundaries' as territory_view
)

select
    views.territory_view,
    placed.target_code,
    years.evaluation_year,
    placed.period_start > placed.judged_to_year as is_not_due,
    coalesce(
        cast(concat(cast(years.evaluation_year as varchar), '-12-31') as date) > placed.basis_ends_on, false
    ) as is_basis_ceased,
    coalesce(
        placed.superseded_on <= cast(concat(cast(years.evaluation_year as varchar), '-12-31') as date), false
    ) as is_superseded
from placed
inner join views on views.territory_view = 'as_reported' or placed.is_unit_in_force
inner join years
    on
        placed.period_start <= years.evaluation_year
        and years.evaluation_year <= greatest(placed.period_start, least(placed.period_end, placed.judged_to_year))
