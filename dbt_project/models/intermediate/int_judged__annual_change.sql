-- One row per territory view, annual_change target and evaluation year: the mean yearly fall or rise, in points, against the
-- promised one. An indicator that is itself a yearly change adds its years; another one is held against its baseline.
with placed as (
    select
        *,
        case when unit_of_measure = 'percentage_point' then '%' else unit_name_vi end as level_unit_vi,
        case when is_yearly_change then window_years else evaluation_year - t0 end as years_counted,
        case when is_yearly_change then years_in_period else period_end - t0 end as years_in_all,
        {{ to_12_digits(
            'case when is_yearly_change then case when years_missing = 0 then window_sum end else (y - y0) * figure_sign end'
        ) }} as change
    from {{ ref('int_target_years__placed') }}
    where kind = 'annual_change'
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

averaged as (
    select
        *,
        {{ to_12_digits(mean_change('change', 'years_counted')) }} as actual_value,
        {{ to_12_digits(pace_of_change('change', 'target_value', 'years_counted')) }} as pace,
        {{ to_12_digits(amount_needed('years_in_all * target_value', 'change', 'years_counted', 'years_in_all')) }}
            as required_per_year
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
        {{ verdict_of('actual_value', 'met', 'policies', allows_early=false) }} as verdict_code,
        case when figure_sign = -1 then 'giảm' when is_yearly_change then 'đạt' else 'tăng' end as change_word_vi
    from met
    cross join policies
)

select
    territory_view,
    target_code,
    evaluation_year,
    case when is_yearly_change then baseline_year else coalesce(t0, baseline_year) end as baseline_year,
    case when not is_yearly_change then y0 end as baseline_value,
    actual_value,
    target_value as path_value,
    pace,
    required_per_year,
    'same' as required_unit,
    actual_value as projected_value,
    case when actual_value is null then null when is_yearly_change then window_years else 2 end as projection_points,
    is_met,
    verdict_code,
    case
        when is_yearly_change and years_missing > 0
            then concat(
                'Thiếu số liệu cả năm của: ', missing_years_vi, '; phải tính đủ các năm từ ', cast(period_start as varchar),
                ' đến ', cast(evaluation_year as varchar), '.'
            )
        when is_baseline_conflicting
            then concat('Số liệu năm gốc ', cast(t0 as varchar), ' mâu thuẫn giữa các nguồn: ', baseline_conflict_vi, '.')
        when t0 = evaluation_year
            then concat(
                'Năm ', cast(t0 as varchar), ' là ', {{ vi_quantity('y', 'level_unit_vi') }}, '; chưa có số liệu năm gốc ',
                cast(judged.baseline_year as varchar), ', lấy năm ', cast(t0 as varchar),
                ' làm năm gốc nên năm này chưa tính được mức thay đổi.'
            )
        else 'Mức thay đổi mục tiêu bằng 0; không tính được nhịp độ.'
    end as insufficient_vi,
    concat(
        case
            when is_yearly_change then {{ vi_years_so_far('Bình quân') }}
            else concat(
                'Từ năm ', cast(t0 as varchar), ' (', {{ vi_quantity('y0', 'level_unit_vi') }}, ') đến năm ',
                cast(evaluation_year as varchar), ' (', {{ vi_quantity('y', 'level_unit_vi') }}, ') bình quân ',
                case when actual_value * figure_sign < 0 then 'giảm ' else 'tăng ' end
            )
        end,
        {{ vi_quantity("case when is_yearly_change then actual_value else abs(actual_value) end", 'unit_name_vi') }},
        case when is_yearly_change and period_start = evaluation_year then '' else '/năm' end, '; mục tiêu là ',
        case when is_yearly_change then '' else concat(change_word_vi, ' ') end,
        {{ vi_target('judged', 'unit_name_vi') }}, '/năm', {{ vi_pace('pace') }},
        case
            when is_moved and not is_yearly_change
                then concat(
                    ' Chưa có số liệu năm gốc ', cast(judged.baseline_year as varchar), ', lấy năm ', cast(t0 as varchar),
                    ' làm năm gốc.'
                )
            else ''
        end,
        {{ vi_beyond_range('actual_value') }}
    ) as finding_vi,
    case
        when required_per_year is null or is_met then ''
        else concat(
            {{ vi_years_left() }}, ' cần ', case when is_yearly_change then '' else concat(change_word_vi, ' ') end,
            {{ vi_yearly('required_per_year', 'unit_name_vi') }}, '.'
        )
    end as need_vi,
    case when is_yearly_change then 'annual_change_sum' else 'annual_change_level' end as formula_name,
    case
        when actual_value is null then null
        else concat(
            'mức thay đổi = ',
            case
                when is_yearly_change then window_terms_vi
                when figure_sign = -1 then concat({{ vi_number('y0', 4) }}, ' − ', {{ vi_number('y', 4) }})
                else concat({{ vi_number('y', 4) }}, ' − ', {{ vi_number('y0', 4) }})
            end,
            ' = ', {{ vi_number('change', 4) }}, '; bình quân = ', {{ vi_number('change', 4) }}, ' / ',
            cast(years_counted as varchar), ' = ', {{ vi_number('actual_value', 4) }}, '; nhịp độ = ', {{ vi_number('change', 4) }},
            ' / (', cast(years_counted as varchar), ' × ', {{ vi_number('target_value', 4) }}, ') = ',
            coalesce({{ vi_number('pace', 3) }}, 'không tính được')
        )
    end as formula_text,
    {{ json_inputs([
        't0', 'y0', 'evaluation_year', 'y', 'period_end', 'years_counted', 'years_in_all', 'change', 'actual_value',
        'target_value'
    ]) }}
        as inputs
from judged
