-- One row per territory view, increment target and evaluation year: what the year added against what it had to add.
with placed as (
    select
        *,
        {{ to_12_digits('y - y_before') }} as actual_value
    from {{ ref('int_target_years__placed') }}
    where kind = 'increment'
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

paced as (
    select
        *,
        {{ is_met('actual_value', 'null', 'placed') }} as is_met,
        {{ to_12_digits(pace_of_increment('actual_value', 'target_value')) }} as pace
    from placed
),

judged as (
    select
        paced.*,
        {{ verdict_of('actual_value', 'paced', 'policies', allows_early=false) }} as verdict_code
    from paced
    cross join policies
)

select
    territory_view,
    target_code,
    evaluation_year,
    evaluation_year - 1 as baseline_year,
    y_before as baseline_value,
    actual_value,
    target_value as path_value,
    pace,
    cast(null as double) as required_per_year,
    'same' as required_unit,
    cast(null as double) as projected_value,
    cast(null as integer) as projection_points,
    is_met,
    verdict_code,
    case
        when is_before_conflicting
            then concat(
                'Số liệu năm ', cast(evaluation_year - 1 as varchar), ' mâu thuẫn giữa các nguồn: ', before_conflict_vi, '.'
            )
        when y_before is null
            then concat(
                'Thiếu số liệu năm ', cast(evaluation_year - 1 as varchar), ' nên không biết năm ', cast(evaluation_year as varchar),
                ' tăng thêm bao nhiêu.'
            )
        else 'Mức tăng mục tiêu bằng 0; không tính được nhịp độ.'
    end as insufficient_vi,
    concat(
        'Năm ', cast(evaluation_year as varchar), ' có thêm ', {{ vi_quantity('actual_value', 'unit_name_vi') }}, ' (từ ',
        {{ vi_number('y_before') }}, ' lên ', {{ vi_number('y') }}, '); mục tiêu trong năm là thêm ',
        {{ vi_target('judged', 'unit_name_vi') }}, {{ vi_pace('pace') }}, {{ vi_beyond_range('actual_value') }}
    ) as finding_vi,
    '' as need_vi,
    'increment' as formula_name,
    case
        when actual_value is null then null
        else concat(
            'tăng thêm = ', {{ vi_number('y', 4) }}, ' − ', {{ vi_number('y_before', 4) }}, ' = ', {{ vi_number('actual_value', 4) }},
            '; nhịp độ = ', {{ vi_number('actual_value', 4) }}, ' / ', {{ vi_number('target_value', 4) }}, ' = ',
            coalesce({{ vi_number('pace', 3) }}, 'không tính được')
        )
    end as formula_text,
    {{ json_inputs(['evaluation_year', 'y', 'y_before', 'actual_value', 'target_value']) }} as inputs
from judged
