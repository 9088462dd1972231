-- One row per target and evaluation year: from the period's start to the earlier of its end and the as-of's year,
-- or one row, not due, for a period that has not begun. Says whether the basis had ceased or the plan was replaced.
with targets as (
    select * from {{ ref('int_targets__bounds') }}
),

plans as (
    select * from {{ ref('plans') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

years as (
    select cast(years.year as integer) as evaluation_year from range(1950, 2151) as years (year)
)

select
    'as_reported' as territory_view,
    targets.target_code,
    years.evaluation_year,
    targets.period_start > instant.as_of_year as is_not_due,
    coalesce(
        cast(concat(cast(years.evaluation_year as varchar), '-12-31') as date) > targets.basis_ends_on, false
    ) as is_basis_ceased,
    coalesce(
        plans.superseded_on <= cast(concat(cast(years.evaluation_year as varchar), '-12-31') as date), false
    ) as is_superseded
from targets
inner join plans on targets.plan_code = plans.plan_code
cross join instant
inner join years
    on
        targets.period_start <= years.evaluation_year
        and years.evaluation_year <= greatest(targets.period_start, least(targets.period_end, instant.as_of_year))
