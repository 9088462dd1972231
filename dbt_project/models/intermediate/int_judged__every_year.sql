-- One row per territory view, every_year target and evaluation year: whether the year held, and how often it was breached.
with placed as (
    select * from {{ ref('int_target_years__placed') }}
    where kind = 'every_year'
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
    territory_view,
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
    cast(null as integer) as projection_points,
    is_met,
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
