-- All targets of the registry are in the mart, with each year from the period's start to the as-of, in each view that holds
-- them: none silently missing.
with expected as (
    select
        territory_view,
        target_code,
        evaluation_year
    from {{ ref('int_target_years__due') }}
),

found as (
    select
        territory_view,
        target_code,
        evaluation_year
    from {{ ref('mart_target_status') }}
)

select
    targets.target_code,
    expected.territory_view,
    expected.evaluation_year
from {{ ref('targets') }} as targets
left join expected on targets.target_code = expected.target_code
left join found
    on
        expected.territory_view = found.territory_view
        and expected.target_code = found.target_code
        and expected.evaluation_year = found.evaluation_year
where found.target_code is null
