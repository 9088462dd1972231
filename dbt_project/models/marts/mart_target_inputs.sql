-- One row per target, evaluation year, territory view and published figure that went into the verdict, with its part in it.
with status as (
    select * from {{ ref('mart_target_status') }}
    where verdict_code not in ('not_due', 'basis_ceased', 'superseded', 'no_data')
),

bounds as (
    select * from {{ ref('int_targets__bounds') }}
),

baselines as (
    select * from {{ ref('int_target_baselines__chosen') }}
),

figures as (
    select * from {{ ref('int_series_figures__by_view') }}
),

-- The years each kind looks at, beside the evaluated one.
years as (
    select
        status.territory_view,
        status.target_code,
        status.evaluation_year,
        figures.observed_year as input_year,
        figures.part_role,
        figures.observation_key,
        figures.is_conflicting,
        figures.value,
        figures.unit_of_measure,
        case
            when figures.observed_year = status.evaluation_year then 'evaluated'
            when status.kind = 'increment' then 'previous'
            when status.kind = 'end_level' or (status.kind = 'annual_change' and not bounds.is_yearly_change) then 'baseline'
            when status.kind = 'every_year' and figures.observed_year < status.period_start then 'baseline'
            else 'window'
        end as input_role,
        baselines.chosen_year
    from status
    inner join bounds on status.target_code = bounds.target_code
    inner join figures
        on
            status.territory_view = figures.territory_view
            and bounds.indicator_code = figures.indicator_code
            and bounds.admin_unit_code = figures.admin_unit_code
            and bounds.method_version = figures.method_version
    left join baselines
        on status.territory_view = baselines.territory_view and status.target_code = baselines.target_code
    where status.kind <> 'milestone'
)

select
    years.territory_view,
    years.target_code,
    years.evaluation_year,
    years.input_role,
    years.part_role,
    years.input_year,
    years.observation_key,
    years.is_conflicting,
    years.value,
    years.unit_of_measure
from years
inner join bounds on years.target_code = bounds.target_code
where
    years.input_role = 'evaluated'
    or (years.input_role = 'baseline' and years.input_year = years.chosen_year and years.chosen_year < years.evaluation_year)
    or (years.input_role = 'previous' and years.input_year = years.evaluation_year - 1)
    or (years.input_role = 'window' and years.input_year between bounds.period_start and years.evaluation_year)
