-- One row per territory view, target and evaluation year: the years from the period's start to that year, what is missing
-- in them, its sum and product, and the breaches so far. A year in conflict counts as missing.
with target_years as (
    select * from {{ ref('int_target_years__due') }}
),

targets as (
    select * from {{ ref('int_targets__bounds') }}
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
),

window_years as (
    select
        target_years.territory_view,
        target_years.target_code,
        target_years.evaluation_year,
        cast(years.year as integer) as window_year,
        yearly_values.observed_value,
        yearly_values.qualifier,
        coalesce(yearly_values.is_conflicting, false) as is_conflicting,
        coalesce(yearly_values.is_rebuilt, false) as is_rebuilt,
        yearly_values.observed_value is not null and not yearly_values.is_conflicting as is_usable
    from target_years
    inner join targets on target_years.target_code = targets.target_code
    inner join range(1950, 2151) as years (year)
        on years.year between targets.period_start and target_years.evaluation_year
    left join yearly_values
        on
            target_years.territory_view = yearly_values.territory_view
            and target_years.target_code = yearly_values.target_code
            and years.year = yearly_values.observed_year
)

select
    window_years.territory_view,
    window_years.target_code,
    window_years.evaluation_year,
    cast(count(*) as integer) as years_gone,
    cast(count(*) filter (where not window_years.is_usable) as integer) as years_missing,
    string_agg(
        case
            when window_years.is_conflicting then concat(cast(window_years.window_year as varchar), ' (số liệu mâu thuẫn)')
            when not window_years.is_usable then cast(window_years.window_year as varchar)
        end, ', ' order by window_years.window_year
    ) as missing_years_vi,
    {{ to_12_digits('sum(window_years.observed_value order by window_years.window_year) filter (where window_years.is_usable)') }}
        as window_sum,
    -- ln of a growth of -100 % or worse does not exist: such a year makes the method not applicable.
    min(window_years.observed_value) filter (where window_years.is_usable) > -100.0 as has_positive_factors,
    -- Not rounded: a logarithm short of its last digits makes 7,5 % in each of two years a mean of 7,49999999999 %.
    sum(
        case when window_years.observed_value > -100.0 then ln(1.0 + window_years.observed_value / 100.0) end
        order by window_years.window_year
    ) filter (where window_years.is_usable) as window_log_growth,
    string_agg(
        concat(cast(window_years.window_year as varchar), ': ', {{ vi_number('window_years.observed_value', 4) }}), '; '
        order by window_years.window_year
    ) filter (where window_years.is_usable) as window_values_vi,
    string_agg(
        concat('(1 + ', {{ vi_number('window_years.observed_value', 4) }}, '%)'), ' × '
        order by window_years.window_year
    ) filter (where window_years.is_usable) as window_factors_vi,
    string_agg({{ vi_number('window_years.observed_value', 4) }}, ' + ' order by window_years.window_year)
    filter (where window_years.is_usable) as window_terms_vi,
    string_agg(
        case when window_years.is_rebuilt then cast(window_years.window_year as varchar) end, ', '
        order by window_years.window_year
    ) as rebuilt_years_vi,
    -- Null where no year is known: silence is not a breach, nor the absence of one.
    case when count(*) filter (where window_years.is_usable) > 0 then cast(count(*) filter (
        where window_years.is_usable
        and not coalesce({{ is_met('window_years.observed_value', 'window_years.qualifier', 'targets') }}, true)
    ) as integer) end as breached_years
from window_years
inner join targets on window_years.target_code = targets.target_code
group by window_years.territory_view, window_years.target_code, window_years.evaluation_year
