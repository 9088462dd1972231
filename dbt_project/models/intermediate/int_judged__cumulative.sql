-- One row per territory view, cumulative target and evaluation year: the sum so far against the promised total's share.
with placed as (
    select
        *,
        case when years_missing = 0 then window_sum end as actual_value,
        {{ to_12_digits(total_required('target_value', 'window_years', 'years_in_period', 'planned_so_far')) }} as path_value
    from {{ ref('int_target_years__placed') }}
    where kind = 'cumulative'
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

paced as (
    select
        *,
        {{ is_met('actual_value', 'null', 'placed') }} as is_met,
        {{ to_12_digits(pace_of_total('actual_value', 'path_value')) }} as pace,
        {{ to_12_digits(amount_needed('target_value', 'actual_value', 'window_years', 'years_in_period')) }} as required_per_year,
        {{ to_12_digits(total_projected('actual_value', 'window_years', 'years_in_period')) }} as projected_value
    from placed
),

judged as (
    select
        paced.*,
        {{ verdict_of('actual_value', 'paced', 'policies', allows_early=true) }} as verdict_code
    from paced
    cross join policies
)

select
    territory_view,
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
    case when projected_value is not null then window_years end as projection_points,
    is_met,
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
        {{ vi_years_so_far('Lũy kế') }}, {{ vi_quantity('actual_value', 'unit_name_vi') }}, '; mục tiêu cả giai đoạn ',
        cast(period_start as varchar), '–', cast(period_end as varchar), ' là ', {{ vi_target('judged', 'unit_name_vi') }}, ', ',
        case when planned_so_far is null then 'chia đều' else 'theo phân kỳ của kế hoạch' end, ' đến năm ',
        cast(evaluation_year as varchar), ' phải là ', {{ vi_quantity('path_value', 'unit_name_vi') }}, {{ vi_pace('pace') }}
    ) as finding_vi,
    case
        when required_per_year is null or is_met then ''
        else concat({{ vi_years_left() }}, ' cần ', {{ vi_yearly('required_per_year', 'unit_name_vi') }}, '.')
    end as need_vi,
    'cumulative' as formula_name,
    case
        when actual_value is null then null
        else concat(
            'lũy kế = ', window_terms_vi, ' = ', {{ vi_number('actual_value', 4) }}, '; yêu cầu = ',
            case
                when planned_so_far is not null then 'tổng phân kỳ'
                else concat(
                    {{ vi_number('target_value', 4) }}, ' × ', cast(window_years as varchar), '/', cast(years_in_period as varchar)
                )
            end, ' = ',
            {{ vi_number('path_value', 4) }}, '; nhịp độ = ', coalesce({{ vi_number('pace', 3) }}, 'không tính được')
        )
    end as formula_text,
    {{ json_inputs([
        'period_start', 'evaluation_year', 'period_end', 'window_years', 'years_in_period', 'planned_so_far', 'actual_value',
        'target_value', 'path_value'
    ]) }}
        as inputs
from judged
