-- One row per target, evaluation year, territory view and published figure that went into the verdict, with its part in it.
with status as (
    select * from {{ ref('mart_target_status') }}
    where verdict_code not in ('not_due', 'basis_ceased', 'superseded', 'no_data')
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
),

baselines as (
    select * from {{ ref('int_target_baselines__chosen') }}
),

observations as (
    select * from {{ ref('int_observations__ranked') }}
),

parts as (
    select
        status.territory_view,
        status.target_code,
        status.evaluation_year,
        yearly_values.observed_year as input_year,
        yearly_values.observation_key as counted_observation_key,
        yearly_values.is_conflicting,
        case
            when yearly_values.observed_year = status.evaluation_year then 'evaluated'
            when status.kind = 'end_level' then 'baseline'
            else 'window'
        end as input_role
    from status
    inner join yearly_values on status.target_code = yearly_values.target_code
    left join baselines on status.target_code = baselines.target_code
    where
        yearly_values.observed_year = status.evaluation_year
        or (
            status.kind = 'end_level'
            and yearly_values.observed_year = baselines.chosen_year
            and baselines.chosen_year < status.evaluation_year
        )
        or (
            status.kind in ('average_growth', 'cumulative', 'every_year')
            and yearly_values.observed_year between status.period_start and status.evaluation_year
        )
)

select
    parts.territory_view,
    parts.target_code,
    parts.evaluation_year,
    parts.input_role,
    parts.input_year,
    figures.observation_key,
    parts.is_conflicting,
    figures.value,
    figures.unit_of_measure
from parts
inner join observations as counted on parts.counted_observation_key = counted.observation_key
inner join observations as figures
    on
        counted.series_key = figures.series_key
        and (
            counted.observation_key = figures.observation_key
            or (parts.is_conflicting and figures.is_conflicting)
        )
