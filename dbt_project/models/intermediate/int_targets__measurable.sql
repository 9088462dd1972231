-- One row per territory view, target and evaluation year that has a figure: whether the published methods can measure it,
-- what they would measure, and why not where they cannot.
with placed as (
    select * from {{ ref('int_target_years__placed') }}
    where y is not null and kind <> 'milestone'
),

indicators as (
    select * from {{ ref('indicators') }}
),

measured as (
    select
        placed.territory_view,
        placed.target_code,
        placed.evaluation_year,
        case
            when placed.is_growth_rate or placed.is_yearly_change
                then 'Phương pháp này không áp dụng cho tốc độ tăng và mức thay đổi hằng năm.'
            when indicators.plausible_low < 0 then 'Phương pháp này không áp dụng cho số cân đối, có thể âm.'
            when placed.kind = 'annual_change' then 'Phương pháp này đo mức của chỉ tiêu; mục tiêu này nói về mức thay đổi hằng năm.'
            when placed.kind = 'increment' then 'Phương pháp này đo mức của chỉ tiêu; mục tiêu này nói về phần tăng thêm trong năm.'
            when placed.kind = 'cumulative' then 'Phương pháp này đo mức của từng năm; mục tiêu này nói về tổng của cả thời kỳ.'
            when placed.is_two_sided then 'Phương pháp này cần chiều tốt là tăng hoặc giảm; mục tiêu này giữ quanh một mức.'
        end as not_measured_vi,
        placed.unit_name_vi,
        placed.y0 as base_value,
        placed.t0 as base_year,
        placed.y as current_value,
        placed.evaluation_year as current_year,
        placed.good_sign as direction,
        placed.target_value as target,
        placed.period_end as target_year
    from placed
    inner join indicators on placed.indicator_code = indicators.indicator_code
)

select
    *,
    {{ to_12_digits(yearly_growth(nonzero('base_value'), 'current_value', 'current_year - base_year') ~ ' * 100.0') }} as actual_growth,
    {{ to_12_digits(yearly_growth(nonzero('base_value'), nonzero('target'), 'target_year - base_year') ~ ' * 100.0') }} as needed_growth
from measured
