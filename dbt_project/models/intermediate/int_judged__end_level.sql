-- One row per territory view, end_level target and evaluation year: path, pace, what the rest needs, and the verdict.
with placed as (
    select * from {{ ref('int_target_years__placed') }}
    where kind = 'end_level'
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

timed as (
    select
        *,
        period_end - t0 as years_in_all,
        evaluation_year - t0 as years_gone,
        {{ is_met('y', 'y_qualifier', 'placed') }} as is_met,
        coalesce({{ is_met('y0', 'y0_qualifier', 'placed') }}, false) as is_met_at_baseline
    from placed
),

pathed as (
    select
        *,
        {{ to_12_digits(
            'case when evaluation_year = period_end then target_value else '
            ~ path_at('path', 'y0', 'target_value', 'years_gone', 'years_in_all') ~ ' end'
        ) }} as path_value
    from timed
),

paced as (
    select
        *,
        {{ to_12_digits(
            'case when is_met_at_baseline or years_gone <= 0 then null when is_two_sided then '
            ~ pace_of_distance('y', 'y0', 'path_value', 'pathed') ~ ' else ' ~ pace_of_level('y', 'y0', 'path_value') ~ ' end'
        ) }} as pace,
        {{ to_12_digits(level_needed('path', 'y', 'target_value', 'years_left')) }} as required_per_year,
        {{ to_12_digits(
            'case when years_left = 0 then y else '
            ~ level_projected('path', 'y0', 'y', 'years_gone', 'years_in_all') ~ ' end'
        ) }} as projected_value
    from pathed
),

judged as (
    select
        paced.*,
        case
            when y is not null and not is_met and evaluation_year < period_end and is_met_at_baseline then 'moving_away'
            else {{ verdict_of('y', 'paced', 'policies', allows_early=true) }}
        end as verdict_code,
        case
            when is_baseline_conflicting
                then concat('Số liệu năm gốc ', cast(t0 as varchar), ' mâu thuẫn giữa các nguồn: ', baseline_conflict_vi, '.')
            when t0 is null
                then concat(
                    'Chưa có số liệu năm gốc ', cast(paced.baseline_year as varchar), ' nên chưa tính được nhịp độ của năm ',
                    cast(evaluation_year as varchar), '.'
                )
            when t0 = evaluation_year
                then concat(
                    'Năm ', cast(t0 as varchar), ' đạt ', {{ vi_qualifier('y_qualifier') }}, {{ vi_quantity('y', 'unit_name_vi') }},
                    '; chưa có số liệu năm gốc ', cast(paced.baseline_year as varchar), ', lấy năm ', cast(t0 as varchar),
                    ' làm năm gốc nên năm này chưa tính được nhịp độ.'
                )
            when path = 'geometric' and (y0 <= 0 or target_value <= 0)
                then 'Lộ trình theo tốc độ tăng đều không áp dụng được khi giá trị gốc hoặc mục tiêu không dương.'
            else 'Lộ trình đến năm đánh giá chưa đòi hỏi thay đổi so với năm gốc; không tính được nhịp độ.'
        end as insufficient_vi
    from paced
    cross join policies
)

select
    territory_view,
    target_code,
    evaluation_year,
    coalesce(t0, baseline_year) as baseline_year,
    y0 as baseline_value,
    y as actual_value,
    path_value,
    pace,
    required_per_year,
    case when path = 'geometric' then 'rate' else 'same' end as required_unit,
    projected_value,
    case
        when projected_value is null then null
        when years_left = 0 then 1
        else 2
    end as projection_points,
    is_met,
    verdict_code,
    insufficient_vi,
    concat(
        'Năm ', cast(evaluation_year as varchar), ' đạt ', {{ vi_qualifier('y_qualifier') }},
        {{ vi_quantity('y', 'unit_name_vi') }},
        case when period_start = period_end then '; mục tiêu năm ' else '; mục tiêu đến năm ' end,
        cast(period_end as varchar), ' là ',
        {{ vi_target('judged', 'unit_name_vi') }},
        case
            when is_tolerance_band and is_two_sided
                then concat(' (chấp nhận từ ', {{ vi_number('met_low', 4) }}, ' đến ', {{ vi_number('met_high', 4) }}, ')')
            when is_tolerance_band and good_sign = 1 then concat(' (tính đạt từ ', {{ vi_number('met_low', 4) }}, ')')
            when is_tolerance_band then concat(' (tính đạt từ ', {{ vi_number('met_high', 4) }}, ' trở xuống)')
            else ''
        end,
        '.',
        case
            when evaluation_year < period_end then ''
            else concat(
                ' Chênh lệch so với mục tiêu là ', {{ vi_number('y - target_value') }}, ' ',
                {{ vi_difference_unit('unit_name_vi') }}, '.'
            )
        end,
        case
            when y0 is null or t0 = evaluation_year then ''
            when is_met_at_baseline
                then concat(
                    ' Năm gốc ', cast(t0 as varchar), ' (', {{ vi_quantity('y0', 'unit_name_vi') }},
                    ') đã thỏa mục tiêu nên không tính nhịp độ',
                    case when is_met then '.' else '; nay không còn thỏa.' end
                )
            when path_value is null or evaluation_year = period_end then ''
            else concat(
                ' Theo lộ trình ', case path when 'geometric' then 'tăng trưởng đều' else 'tuyến tính' end, ' từ ',
                {{ vi_number('y0') }}, ' (năm ', cast(t0 as varchar), '), năm ', cast(evaluation_year as varchar),
                ' phải là ', {{ vi_quantity('path_value', 'unit_name_vi') }},
                {{ vi_pace('pace') }}
            )
        end,
        case
            when is_moved and t0 < evaluation_year and y0 is not null
                then concat(
                    ' Chưa có số liệu năm gốc ', cast(judged.baseline_year as varchar), ', lấy năm ', cast(t0 as varchar),
                    ' làm năm gốc.'
                )
            else ''
        end,
        {{ vi_beyond_range('y') }}
    ) as finding_vi,
    case
        when years_left <= 0 or is_met or required_per_year is null then ''
        when path = 'geometric'
            then concat(
                {{ vi_years_left() }}, {{ vi_needed_change('required_per_year') }},
                {{ vi_yearly('abs(required_per_year) * 100', "'%'") }}, '.'
            )
        else concat(
            {{ vi_years_left() }}, {{ vi_needed_change('required_per_year') }},
            {{ vi_yearly('abs(required_per_year)', vi_difference_unit('unit_name_vi')) }}, '.'
        )
    end as need_vi,
    case
        when y0 is null or t0 = evaluation_year or is_met_at_baseline or pace is null then concat('end_level_', path, '_met_only')
        when is_two_sided then 'end_level_linear_two_sided'
        else concat('end_level_', path)
    end as formula_name,
    case
        when y is null then null
        when pace is null
            then concat(
                'kết quả ', {{ vi_number('y', 4) }}, ' so với mục tiêu ', {{ vi_target('judged', 'unit_name_vi') }}, ': ',
                case when is_met then 'thỏa' else 'chưa thỏa' end
            )
        else concat(
            'lộ trình = ',
            case
                when path = 'geometric'
                    then concat(
                        {{ vi_number('y0', 4) }}, ' × (', {{ vi_number('target_value', 4) }}, ' / ', {{ vi_number('y0', 4) }},
                        ')^(', cast(years_gone as varchar), '/', cast(years_in_all as varchar), ')'
                    )
                else concat(
                    {{ vi_number('y0', 4) }}, ' + (', {{ vi_number('target_value', 4) }}, ' − ', {{ vi_number('y0', 4) }},
                    ') × ', cast(years_gone as varchar), '/', cast(years_in_all as varchar)
                )
            end,
            ' = ', {{ vi_number('path_value', 4) }}, '; nhịp độ = ',
            case
                when is_two_sided
                    then concat(
                        'khoảng cách tới dải [', {{ vi_number('met_low', 4) }}, '; ', {{ vi_number('met_high', 4) }}, ']: (',
                        {{ vi_number(distance_to_band('y0', 'judged'), 4) }}, ' − ',
                        {{ vi_number(distance_to_band('y', 'judged'), 4) }}, ') / (',
                        {{ vi_number(distance_to_band('y0', 'judged'), 4) }}, ' − ',
                        {{ vi_number(distance_to_band('path_value', 'judged'), 4) }}, ')'
                    )
                else concat(
                    '(', {{ vi_number('y', 4) }}, ' − ', {{ vi_number('y0', 4) }}, ') / (', {{ vi_number('path_value', 4) }},
                    ' − ', {{ vi_number('y0', 4) }}, ')'
                )
            end,
            ' = ', {{ vi_number('pace', 3) }}
        )
    end as formula_text,
    {{ json_inputs(['t0', 'y0', 'evaluation_year', 'y', 'target_value', 'period_end', 'met_low', 'met_high', 'path_value']) }}
        as inputs
from judged
