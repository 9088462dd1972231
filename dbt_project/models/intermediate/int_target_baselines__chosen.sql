-- One row per territory view and target whose figure may be held against a baseline: the one that counts. The stated year
-- if observed, else the first observed year of the period; a figure in conflict is no baseline, and nothing replaces it.
with targets as (
    select * from {{ ref('int_targets__bounds') }}
    where kind in ('end_level', 'every_year') or (kind = 'annual_change' and not is_yearly_change)
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
    where observed_value is not null
),

views as (
    select distinct
        territory_view,
        target_code
    from {{ ref('int_target_years__due') }}
),

stated as (
    select yearly_values.*
    from targets
    inner join yearly_values
        on targets.target_code = yearly_values.target_code and targets.baseline_year = yearly_values.observed_year
),

first_of_period as (
    select
        yearly_values.territory_view,
        targets.target_code,
        min(yearly_values.observed_year) as observed_year,
        min_by(yearly_values.observed_value, yearly_values.observed_year) as observed_value,
        min_by(coalesce(yearly_values.qualifier, ''), yearly_values.observed_year) as qualifier,
        min_by(yearly_values.is_conflicting, yearly_values.observed_year) as is_conflicting,
        min_by(coalesce(yearly_values.conflict_vi, ''), yearly_values.observed_year) as conflict_vi,
        min_by(coalesce(yearly_values.rebuilt_vi, ''), yearly_values.observed_year) as rebuilt_vi
    from targets
    inner join yearly_values
        on
            targets.target_code = yearly_values.target_code
            and yearly_values.observed_year between targets.period_start and targets.period_end
    group by yearly_values.territory_view, targets.target_code
)

select
    views.territory_view,
    targets.target_code,
    coalesce(stated.observed_year, first_of_period.observed_year) as chosen_year,
    stated.observed_year is null and first_of_period.observed_year is not null as is_moved,
    coalesce(stated.is_conflicting, first_of_period.is_conflicting, false) as is_conflicting,
    coalesce(stated.conflict_vi, first_of_period.conflict_vi) as conflict_vi,
    case when stated.observed_year is not null then stated.observed_value else first_of_period.observed_value end
        as chosen_value,
    case when stated.observed_year is not null then stated.qualifier else nullif(first_of_period.qualifier, '') end as qualifier,
    case when stated.observed_year is not null then stated.rebuilt_vi else nullif(first_of_period.rebuilt_vi, '') end
        as rebuilt_vi
from targets
inner join views on targets.target_code = views.target_code
left join stated on views.territory_view = stated.territory_view and targets.target_code = stated.target_code
left join first_of_period
    on views.territory_view = first_of_period.territory_view and targets.target_code = first_of_period.target_code
