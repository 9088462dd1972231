-- One row per average_growth target and evaluation year: the geometric mean so far against the promised yearly rate.
with target_years as (
    select * from {{ ref('int_target_years__due') }}
),

targets as (
    select * from {{ ref('int_targets__bounds') }}
    where kind = 'average_growth'
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
        windows.window_factors_vi,
        windows.has_positive_factors,
        targets.period_end - targets.period_start + 1 as years_in_all,
        case when not yearly_values.is_conflicting then yearly_values.observed_value end as y,
        case when windows.years_missing = 0 and windows.has_positive_factors then windows.window_log_growth end as log_growth
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

averaged as (
    select
        *,
        {{ to_12_digits('(exp(log_growth / years_gone) - 1.0) * 100.0') }} as actual_value,
        {{ to_12_digits('log_growth / nullif(years_gone * ln(1.0 + target_value / 100.0), 0.0)') }} as pace
    from placed
),

met as (
    select
        *,
        {{ is_met('actual_value', 'null', 'averaged') }} as is_met,
        {{ to_12_digits(
            'case when years_in_all > years_gone then (exp((years_in_all * ln(1.0 + target_value / 100.0) - log_growth)'
            ~ ' / (years_in_all - years_gone)) - 1.0) * 100.0 end'
        ) }} as required_per_year
    from averaged
),

judged as (
    select
        met.*,
        case
            when y is null then null
            when actual_value is null then 'insufficient_data'
            when evaluation_year = period_end and is_met and {{ is_exceeded('actual_value', 'met') }} then 'exceeded'
            when evaluation_year = period_end and is_met then 'achieved'
            when evaluation_year = period_end then 'missed'
            when pace is null and is_met then 'on_track'
            when pace is null then 'insufficient_data'
            else {{ pace_band('pace', 'policies') }}
        end as verdict_code
    from met
    cross join policies
)

select
    target_code,
    evaluation_year,
    baseline_year,
    cast(null as double) as baseline_value,
    actual_value,
    target_value as path_value,
    pace,
    required_per_year,
    'same' as required_unit,
    actual_value as projected_value,
    is_met,
    cast(null as integer) as breached_years,
    verdict_code,
    case
        when years_missing > 0
            then concat(
                'Thiếu số liệu cả năm của: ', missing_years_vi, '; bình quân phải tính đủ các năm từ ', cast(period_start as varchar),
                ' đến ', cast(evaluation_year as varchar), '.'
            )
        when not has_positive_factors then 'Có năm giảm từ 100% trở lên; không tính được tốc độ tăng bình quân.'
        else 'Tốc độ mục tiêu bằng 0; không tính được nhịp độ.'
    end as insufficient_vi,
    concat(
        case
            when period_start = evaluation_year then concat('Năm ', cast(evaluation_year as varchar), ' đạt ')
            else concat('Bình quân ', cast(period_start as varchar), '–', cast(evaluation_year as varchar), ' đạt ')
        end,
        {{ vi_quantity('actual_value', 'unit_name_vi') }}, '/năm; mục tiêu bình quân ', cast(period_start as varchar), '–',
        cast(period_end as varchar), ' là ', {{ vi_target('judged', 'unit_name_vi') }}, '/năm',
        case
            when pace is null then '.' else concat('; nhịp độ đạt ', {{ vi_number('pace', 3) }}, ' so với yêu cầu.')
        end,
        case
            when comparator = 'between' and is_met and (actual_value - far_bound) * good_sign > 0
                then ' Kết quả vượt cận xa của khoảng mục tiêu.'
            else ''
        end
    ) as finding_vi,
    case
        when required_per_year is null or is_met then ''
        when
            evaluation_year + 1 = period_end
            then concat(' Năm ', cast(period_end as varchar), ' cần ', {{ vi_quantity('required_per_year', 'unit_name_vi') }}, '.')
        else concat(
            ' Từ năm ', cast(evaluation_year + 1 as varchar), ' đến năm ', cast(period_end as varchar), ' cần bình quân ',
            {{ vi_quantity('required_per_year', 'unit_name_vi') }}, '/năm.'
        )
    end as need_vi,
    'average_growth' as formula_name,
    case
        when actual_value is null then null
        else concat(
            'bình quân = ',
            case
                when years_gone = 1 then window_factors_vi
                else concat('(', window_factors_vi, ')^(1/', cast(years_gone as varchar), ')')
            end,
            ' − 1 = ',
            {{ vi_number('actual_value', 4) }}, '%; nhịp độ = ln(tích) / (', cast(years_gone as varchar), ' × ln(1 + ',
            {{ vi_number('target_value', 4) }}, '%)) = ', coalesce({{ vi_number('pace', 3) }}, 'không tính được'),
            case
                when required_per_year is null then ''
                else concat(
                    '; cần = ((1 + ', {{ vi_number('target_value', 4) }}, '%)^', cast(years_in_all as varchar), ' / tích)^(1/',
                    cast(years_in_all - years_gone as varchar), ') − 1 = ', {{ vi_number('required_per_year', 4) }}, '%'
                )
            end
        )
    end as formula_text,
    {{ json_inputs([
        'period_start', 'evaluation_year', 'period_end', 'years_gone', 'years_in_all', 'log_growth', 'actual_value',
        'target_value'
    ]) }}
        as inputs
from judged
