-- One row per territory view, milestone and evaluation year that a responsible person confirmed: who, when, on what evidence.
with placed as (
    select * from {{ ref('int_target_years__placed') }}
    where kind = 'milestone' and is_confirmed
)

select
    territory_view,
    target_code,
    evaluation_year,
    baseline_year,
    cast(null as double) as baseline_value,
    cast(null as double) as actual_value,
    cast(null as double) as path_value,
    cast(null as double) as pace,
    cast(null as double) as required_per_year,
    'same' as required_unit,
    cast(null as double) as projected_value,
    cast(null as integer) as projection_points,
    true as is_met,
    case when evaluation_year = period_end then 'achieved' else 'achieved_early' end as verdict_code,
    '' as insufficient_vi,
    concat(
        confirmed_by, ' xác nhận ngày ', {{ vi_date(local_date('confirmed_at')) }}, ': mục tiêu đã hoàn thành trong năm ',
        cast(evaluation_year as varchar), '; căn cứ là tài liệu “', evidence_file_name, '”.'
    ) as finding_vi,
    '' as need_vi,
    'milestone' as formula_name,
    concat('xác nhận của ', confirmed_by, '; tài liệu ', evidence_sha256) as formula_text,
    {{ json_inputs(['evaluation_year']) }} as inputs
from placed
