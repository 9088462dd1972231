-- One row per cumulative target and evaluation year: the sum so far against the even share of the promised total.
with target_years as (
    select * from {{ ref('int_target_years__due') }}
),

targets as (
    select * from {{ ref('int_targets__bounds') }}
    where kind = 'cumulative'
),

windows as (
    select * from {{ ref('int_target_windows__to_year') }}
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

placed as (
    select
        targets.*,
        target_years.evaluation_year,
        units.name_vi as unit_name_vi,
        windows.years_gone,
        windows.years_missing,
        windows.missing_years_vi,
        windows.window_terms_vi,
        targets.period_end - targets.period_start + 1 as years_in_all,
        case when not yearly_values.is_conflicting then yearly_values.observed_value end as y,
        case when windows.years_missing = 0 then windows.window_sum end as actual_value
    from target_years
    inner join targets on target_years.target_code = targets.target_code
    inner join windows
        on target_years.target_code = windows.target_code and target_years.evaluation_year = windows.evaluation_year
    left join units on targets.unit_of_measure = units.unit_of_measure
    left join yearly_values
        on
            targets.target_code = yearly_values.target_code
            and target_years.evaluation_year = yearly_values.observed_year
),

pathed as (
    select
        *,
        {{ to_12_digits('target_value * years_gone / years_in_all') }} as path_value,
        {{ is_met('actual_value', 'null', 'placed') }} as is_met
    from placed
),

paced as (
    select
        *,
        {{ to_12_digits('actual_value / nullif(path_value, 0.0)') }} as pace,
        {{ to_12_digits(
            'case when years_in_all > years_gone then (target_value - actual_value) / (years_in_all - years_gone) end'
        ) }} as required_per_year,
        {{ to_12_digits('actual_value / years_gone * years_in_all') }} as projected_value
    from pathed
),

judged as (
    select
        paced.*,
        case
            when y is null then null
            when actual_value is null then 'insufficient_data'
            when evaluation_year = period_end and is_met and {{ is_exceeded('actual_value', 'paced') }} then 'exceeded'
            when evaluation_year = period_end and is_met then 'achieved'
            when evaluation_year = period_end then 'missed'
            when is_met then 'achieved_early'
            when pace is null then 'insufficient_data'
            else {{ pace_band('pace', 'policies') }}
        end as verdict_code
    from paced
    cross join policies
)

select
    target_code,
    evaluation_year,
    baseline_year,
    cast(null as double) as baseline_value,
    actual_value,
    path_value,
    pace,
    required_per_year,
    'same' as required_unit,
    projected_value,
    is_met,
    cast(null as integer) as breached_years,
    verdict_code,
    case
        when years_missing > 0
            then concat(
                'Thiếu số liệu cả năm của: ', missing_years_vi, '; lũy kế phải tính đủ các năm từ ', cast(period_start as varchar),
                ' đến ', cast(evaluation_year as varchar), '.'
            )
        else 'Mức yêu cầu bằng 0; không tính được nhịp độ.'
    end as insufficient_vi,
    concat(
        'Lũy kế ', cast(period_start as varchar), '–', cast(evaluation_year as varchar), ' đạt ',
        {{ vi_quantity('actual_value', 'unit_name_vi') }}, '; mục tiêu cả giai đoạn ', cast(period_start as varchar), '–',
        cast(period_end as varchar), ' là ', {{ vi_target('judged', 'unit_name_vi') }}, ', chia đều đến năm ',
        cast(evaluation_year as varchar), ' phải là ', {{ vi_quantity('path_value', 'unit_name_vi') }},
        case when pace is null then '.' else concat('; nhịp độ đạt ', {{ vi_number('pace', 3) }}, ' so với yêu cầu.') end
    ) as finding_vi,
    case
        when required_per_year is null or is_met then ''
        else concat(
            ' Từ năm ', cast(evaluation_year + 1 as varchar), ' đến năm ', cast(period_end as varchar), ' cần bình quân ',
            {{ vi_quantity('required_per_year', 'unit_name_vi') }}, '/năm.'
        )
    end as need_vi,
    'cumulative' as formula_name,
    case
        when actual_value is null then null
        else concat(
            'lũy kế = ', window_terms_vi, ' = ', {{ vi_number('actual_value', 4) }}, '; yêu cầu = ',
            {{ vi_number('target_value', 4) }}, ' × ', cast(years_gone as varchar), '/', cast(years_in_all as varchar), ' = ',
            {{ vi_number('path_value', 4) }}, '; nhịp độ = ', coalesce({{ vi_number('pace', 3) }}, 'không tính được')
        )
    end as formula_text,
    {{ json_inputs([
        'period_start', 'evaluation_year', 'period_end', 'years_gone', 'years_in_all', 'actual_value', 'target_value',
        'path_value'
    ]) }}
        as inputs
from judged
