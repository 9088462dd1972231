-- One row per target: its bounds with the policies applied, its good direction, and the factor into its own unit.
with targets as (
    select * from {{ ref('targets') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

directed as (
    select
        targets.*,
        indicators.is_structure_share,
        indicators.is_growth_rate,
        indicators.is_yearly_change,
        indicators.direction as indicator_direction,
        policies.exceeded_margin,
        targets.direction = 'toward' as is_two_sided,
        case targets.direction when 'higher_better' then 1 when 'lower_better' then -1 end as good_sign,
        -- The nearer bound: where a range begins to be met.
        case
            when targets.comparator = 'between' and targets.direction = 'lower_better' then targets.target_high
            else targets.target_low
        end as target_value,
        case
            when targets.comparator = 'between' and targets.direction = 'lower_better' then targets.target_low
            else targets.target_high
        end as far_bound,
        case
            when targets.comparator <> '~' then null
            when indicators.is_structure_share and targets.direction = 'toward' then policies.share_structure_tolerance
            else abs(targets.target_low) * policies.about_tolerance / 100.0
        end as tolerance,
        case
            when indicators.is_structure_share and targets.direction = 'toward' then 'share_structure_tolerance'
            when targets.comparator = '~' then 'about_tolerance'
        end as tolerance_policy,
        case
            when targets.unit_of_measure = indicators.unit_of_measure then 1.0
            when indicator_unit.dimension = target_unit.dimension then indicator_unit.factor / target_unit.factor
        end as factor_from_indicator_unit
    from targets
    inner join indicators on targets.indicator_code = indicators.indicator_code
    left join units as indicator_unit on indicators.unit_of_measure = indicator_unit.unit_of_measure
    left join units as target_unit on targets.unit_of_measure = target_unit.unit_of_measure
    cross join policies
)

select
    target_code,
    plan_code,
    sector_code,
    indicator_code,
    coalesce(method_version, '') as method_version,
    admin_unit_code,
    kind,
    comparator,
    direction,
    path,
    unit_of_measure,
    period_start,
    period_end,
    baseline_year,
    basis_ends_on,
    is_structure_share,
    is_growth_rate,
    is_yearly_change,
    is_two_sided,
    good_sign,
    -- Which way the figure itself is better: an annual change speaks of the change, its indicator of the level.
    case
        when kind <> 'annual_change' or is_yearly_change then good_sign
        when indicator_direction = 'lower_better' then -1
        else 1
    end as figure_sign,
    target_value,
    far_bound,
    tolerance,
    tolerance_policy,
    comparator = '~' as is_tolerance_band,
    exceeded_margin,
    factor_from_indicator_unit,
    case
        when comparator in ('>', '>=') then target_value
        when comparator = 'between' and (good_sign = 1 or is_two_sided) then target_low
        when comparator = '~' and (good_sign = 1 or is_two_sided) then {{ to_12_digits('target_value - tolerance') }}
    end as met_low,
    case
        when comparator in ('<', '<=') then target_value
        when comparator = 'between' and (good_sign = -1 or is_two_sided) then target_high
        when comparator = '~' and (good_sign = -1 or is_two_sided) then {{ to_12_digits('target_value + tolerance') }}
    end as met_high,
    comparator = '>' as is_low_strict,
    comparator = '<' as is_high_strict
from directed
