-- One row per end_level target: the baseline that counts. The stated year if observed, else the first observed year of
-- the period; a figure in conflict is no baseline, and nothing else takes its place.
with targets as (
    select * from {{ ref('int_targets__bounds') }}
    where kind = 'end_level'
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
    where observed_value is not null
),

stated as (
    select
        targets.target_code,
        yearly_values.observed_year,
        yearly_values.observed_value,
        yearly_values.qualifier,
        yearly_values.is_conflicting,
        yearly_values.conflict_vi
    from targets
    inner join yearly_values
        on targets.target_code = yearly_values.target_code and targets.baseline_year = yearly_values.observed_year
),

first_of_period as (
    select
        targets.target_code,
        min(yearly_values.observed_year) as observed_year,
        min_by(yearly_values.observed_value, yearly_values.observed_year) as observed_value,
        min_by(coalesce(yearly_values.qualifier, ''), yearly_values.observed_year) as qualifier,
        min_by(yearly_values.is_conflicting, yearly_values.observed_year) as is_conflicting,
        min_by(coalesce(yearly_values.conflict_vi, ''), yearly_values.observed_year) as conflict_vi
    from targets
    inner join yearly_values
        on
            targets.target_code = yearly_values.target_code
            and yearly_values.observed_year between targets.period_start and targets.period_end
    group by targets.target_code
)

select
    targets.target_code,
    coalesce(stated.observed_year, first_of_period.observed_year) as chosen_year,
    stated.observed_year is null and first_of_period.observed_year is not null as is_moved,
    coalesce(stated.is_conflicting, first_of_period.is_conflicting, false) as is_conflicting,
    coalesce(stated.conflict_vi, first_of_period.conflict_vi) as conflict_vi,
    case when stated.observed_year is not null then stated.observed_value else first_of_period.observed_value end
        as chosen_value,
    case when stated.observed_year is not null then stated.qualifier else first_of_period.qualifier end as qualifier
from targets
left join stated on targets.target_code = stated.target_code
left join first_of_period on targets.target_code = first_of_period.target_code
