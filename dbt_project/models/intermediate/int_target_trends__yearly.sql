-- One row per territory view, target and year with a usable figure: the change against the year before, in the good direction.
with yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
    where observed_value is not null and not is_conflicting
),

targets as (
    select * from {{ ref('int_targets__bounds') }}
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
)

select
    this_year.territory_view,
    this_year.target_code,
    this_year.observed_year,
    case
        when last_year.observed_value is null then 'unknown'
        when
            abs(this_year.observed_value - last_year.observed_value)
            <= policies.trend_stable_band / 100.0 * abs(last_year.observed_value)
            then 'stable'
        when targets.is_two_sided
            then case
                when
                    abs(this_year.observed_value - targets.target_value)
                    < abs(last_year.observed_value - targets.target_value)
                    then 'improving'
                else 'worsening'
            end
        when (this_year.observed_value - last_year.observed_value) * targets.figure_sign > 0 then 'improving'
        else 'worsening'
    end as trend_code
from yearly_values as this_year
inner join targets on this_year.target_code = targets.target_code
cross join policies
left join yearly_values as last_year
    on
        this_year.territory_view = last_year.territory_view
        and this_year.target_code = last_year.target_code
        and this_year.observed_year = last_year.observed_year + 1
