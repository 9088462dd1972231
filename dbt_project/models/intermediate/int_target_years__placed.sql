-- One row per territory view, target and evaluation year: all that any formula needs, side by side. A figure in conflict is
-- no figure here.
with target_years as (
    select * from {{ ref('int_target_years__due') }}
),

targets as (
    select * from {{ ref('int_targets__bounds') }}
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
),

baselines as (
    select * from {{ ref('int_target_baselines__chosen') }}
),

windows as (
    select * from {{ ref('int_target_windows__to_year') }}
),

confirmations as (
    select * from {{ ref('int_milestones__confirmed') }}
),

phasings as (
    select * from {{ ref('target_phasings') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

planned as (
    select
        target_years.territory_view,
        target_years.target_code,
        target_years.evaluation_year,
        count(*) as years_planned,
        sum(phasings.planned_value order by phasings.year) as planned_sum
    from target_years
    inner join phasings
        on target_years.target_code = phasings.target_code and target_years.evaluation_year >= phasings.year
    group by target_years.territory_view, target_years.target_code, target_years.evaluation_year
)

select
    target_years.territory_view,
    target_years.evaluation_year,
    targets.*,
    units.name_vi as unit_name_vi,
    case when not this_year.is_conflicting then this_year.observed_value end as y,
    this_year.qualifier as y_qualifier,
    this_year.rebuilt_vi as y_rebuilt_vi,
    case when not last_year.is_conflicting then last_year.observed_value end as y_before,
    coalesce(last_year.is_conflicting, false) as is_before_conflicting,
    last_year.conflict_vi as before_conflict_vi,
    case when baselines.chosen_year <= target_years.evaluation_year then baselines.chosen_year end as t0,
    case
        when baselines.chosen_year <= target_years.evaluation_year and not baselines.is_conflicting
            then baselines.chosen_value
    end as y0,
    baselines.qualifier as y0_qualifier,
    baselines.rebuilt_vi as y0_rebuilt_vi,
    coalesce(baselines.is_moved, false) as is_moved,
    coalesce(baselines.is_conflicting, false) as is_baseline_conflicting,
    baselines.conflict_vi as baseline_conflict_vi,
    windows.years_gone as window_years,
    windows.years_missing,
    windows.missing_years_vi,
    windows.window_sum,
    windows.has_positive_factors,
    windows.window_log_growth,
    windows.window_values_vi,
    windows.window_factors_vi,
    windows.window_terms_vi,
    windows.rebuilt_years_vi,
    windows.breached_years,
    targets.period_end - targets.period_start + 1 as years_in_period,
    targets.period_end - target_years.evaluation_year as years_left,
    case when planned.years_planned = windows.years_gone then {{ to_12_digits('planned.planned_sum') }} end as planned_so_far,
    confirmations.target_code is not null as is_confirmed,
    confirmations.confirmed_by,
    confirmations.confirmed_at,
    confirmations.evidence_sha256,
    confirmations.evidence_file_name
from target_years
inner join targets on target_years.target_code = targets.target_code
inner join windows
    on
        target_years.territory_view = windows.territory_view
        and target_years.target_code = windows.target_code
        and target_years.evaluation_year = windows.evaluation_year
left join units on targets.unit_of_measure = units.unit_of_measure
left join baselines
    on target_years.territory_view = baselines.territory_view and target_years.target_code = baselines.target_code
left join yearly_values as this_year
    on
        target_years.territory_view = this_year.territory_view
        and target_years.target_code = this_year.target_code
        and target_years.evaluation_year = this_year.observed_year
left join yearly_values as last_year
    on
        target_years.territory_view = last_year.territory_view
        and target_years.target_code = last_year.target_code
        and target_years.evaluation_year = last_year.observed_year + 1
left join planned
    on
        target_years.territory_view = planned.territory_view
        and target_years.target_code = planned.target_code
        and target_years.evaluation_year = planned.evaluation_year
left join confirmations
    on
        target_years.target_code = confirmations.target_code
        and target_years.evaluation_year = confirmations.evaluation_year
