-- One row per territory view, average_growth target and evaluation year: the geometric mean so far against the promised
-- yearly rate.
with placed as (
    select
        *,
        case when years_missing = 0 and has_positive_factors then window_log_growth end as exact_log_growth
    from {{ ref('int_target_years__placed') }}
    where kind = 'average_growth'
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

averaged as (
    select
        *,
        {{ to_12_digits('exact_log_growth') }} as log_growth,
        {{ to_12_digits(mean_growth('exact_log_growth', 'window_years')) }} as actual_value,
        {{ to_12_digits(pace_of_growth('exact_log_growth', 'target_value', 'window_years')) }} as pace,
        {{ to_12_digits(growth_needed('exact_log_growth', 'target_value', 'window_years', 'years_in_period')) }} as required_per_year
    from placed
),

met as (
    select
        *,
        {{ is_met('actual_value', 'null', 'averaged') }} as is_met
    from averaged
),

judged as (
    select
        met.*,
        {{ verdict_of('actual_value', 'met', 'policies', allows_early=false) }} as verdict_code
    from met
    cross join policies
)

select
    territory_view,
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
    case when actual_value is not null then window_years end as projection_points,
    is_met,
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
        {{ vi_years_so_far('Bình quân') }}, {{ vi_quantity('actual_value', 'unit_name_vi') }},
        case when period_start = evaluation_year then '' else '/năm' end, '; mục tiêu bình quân ',
        cast(period_start as varchar), '–', cast(period_end as varchar), ' là ', {{ vi_target('judged', 'unit_name_vi') }}, '/năm',
        {{ vi_pace('pace') }}, {{ vi_beyond_range('actual_value') }}
    ) as finding_vi,
    case
        when required_per_year is null or is_met then ''
        else concat({{ vi_years_left() }}, ' cần ', {{ vi_yearly('required_per_year', 'unit_name_vi') }}, '.')
    end as need_vi,
    'average_growth' as formula_name,
    case
        when actual_value is null then null
        else concat(
            'bình quân = ',
            case
                when window_years = 1 then window_factors_vi
                else concat('(', window_factors_vi, ')^(1/', cast(window_years as varchar), ')')
            end,
            ' − 1 = ',
            {{ vi_number('actual_value', 4) }}, '%; nhịp độ = ln(tích) / (', cast(window_years as varchar), ' × ln(1 + ',
            {{ vi_number('target_value', 4) }}, '%)) = ', coalesce({{ vi_number('pace', 3) }}, 'không tính được'),
            case
                when required_per_year is null then ''
                else concat(
                    '; cần = ((1 + ', {{ vi_number('target_value', 4) }}, '%)^', cast(years_in_period as varchar), ' / tích)^(1/',
                    cast(years_in_period - window_years as varchar), ') − 1 = ', {{ vi_number('required_per_year', 4) }}, '%'
                )
            end
        )
    end as formula_text,
    {{ json_inputs([
        'period_start', 'evaluation_year', 'period_end', 'window_years', 'years_in_period', 'log_growth', 'actual_value',
        'target_value'
    ]) }}
        as inputs
from judged
