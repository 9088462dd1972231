-- One row per every_year target and evaluation year: whether the year held, and how often it was breached so far.
with target_years as (
    select * from {{ ref('int_target_years__due') }}
),

targets as (
    select * from {{ ref('int_targets__bounds') }}
    where kind = 'every_year'
),

windows as (
    select * from {{ ref('int_target_windows__to_year') }}
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

placed as (
    select
        targets.*,
        target_years.evaluation_year,
        units.name_vi as unit_name_vi,
        windows.years_missing,
        windows.missing_years_vi,
        windows.breached_years,
        windows.window_values_vi,
        case when not yearly_values.is_conflicting then yearly_values.observed_value end as y,
        yearly_values.qualifier as y_qualifier
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

met as (
    select
        *,
        {{ is_met('y', 'y_qualifier', 'placed') }} as is_met
    from placed
),

judged as (
    select
        *,
        case
            when y is null then null
            when evaluation_year < period_end and is_met then 'maintained'
            when evaluation_year < period_end then 'breached'
            when breached_years > 0 then 'missed'
            when years_missing > 0 then 'insufficient_data'
            else 'achieved'
        end as verdict_code
    from met
)

select
    target_code,
    evaluation_year,
    baseline_year,
    cast(null as double) as baseline_value,
    y as actual_value,
    target_value as path_value,
    cast(null as double) as pace,
    cast(null as double) as required_per_year,
    'same' as required_unit,
    cast(null as double) as projected_value,
    is_met,
    breached_years,
    verdict_code,
    concat(
        'Mục tiêu phải giữ trong mọi năm nhưng thiếu số liệu cả năm của: ', missing_years_vi, '.'
    ) as insufficient_vi,
    concat(
        'Năm ', cast(evaluation_year as varchar), ' là ', {{ vi_qualifier('y_qualifier') }}, {{ vi_quantity('y', 'unit_name_vi') }},
        '; ngưỡng phải giữ hằng năm là ', {{ vi_target('judged', 'unit_name_vi') }},
        case
            when is_tolerance_band
                then
                    concat(
                        ' (chấp nhận từ ',
                        coalesce({{ vi_number('met_low', 4) }}, '−∞'),
                        ' đến ',
                        coalesce({{ vi_number('met_high', 4) }}, '+∞'),
                        ')'
                    )
            else ''
        end,
        case when is_met then ': giữ được ngưỡng.' else ': không giữ được ngưỡng.' end,
        case
            when breached_years > 0
                then concat(
                    ' Từ năm ', cast(period_start as varchar), ' đến năm ', cast(evaluation_year as varchar), ' có ',
                    cast(breached_years as varchar), ' năm vi phạm ngưỡng.'
                )
            else ''
        end
    ) as finding_vi,
    '' as need_vi,
    'every_year' as formula_name,
    case
        when y is null then null
        else concat(
            {{ vi_number('y', 4) }}, ' so với ', {{ vi_target('judged', 'unit_name_vi') }}, ': ',
            case when is_met then 'giữ được' else 'vi phạm' end, '; các năm: ', coalesce(window_values_vi, '')
        )
    end as formula_text,
    {{ json_inputs(['evaluation_year', 'y', 'target_value', 'met_low', 'met_high', 'breached_years', 'years_missing']) }}
        as inputs
from judged
