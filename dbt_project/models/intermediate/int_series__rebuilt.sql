-- One row per unit in force, series and year that older units reported on: the value joined by the indicator's own rule,
-- or null with the reason why it cannot be joined. A ratio is recomputed from its parts, never averaged.
with parts as (
    select * from {{ ref('int_series_parts__of_units_in_force') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

-- From the numerator's and denominator's own units to the ratio's: a percentage counts in hundredths.
ratio_factors as (
    select
        indicators.indicator_code,
        numerators.name_vi as numerator_name_vi,
        denominators.name_vi as denominator_name_vi,
        case when ratio_units.dimension = 'percent' then 100.0 else 1.0 end
        * numerator_units.factor / denominator_units.factor / ratio_units.factor as ratio_factor
    from indicators
    inner join indicators as numerators on indicators.numerator_indicator_code = numerators.indicator_code
    inner join indicators as denominators on indicators.denominator_indicator_code = denominators.indicator_code
    inner join units as ratio_units on indicators.unit_of_measure = ratio_units.unit_of_measure
    inner join units as numerator_units on numerators.unit_of_measure = numerator_units.unit_of_measure
    inner join units as denominator_units on denominators.unit_of_measure = denominator_units.unit_of_measure
),

joined as (
    select
        parts.admin_unit_code,
        parts.indicator_code,
        parts.method_version,
        parts.observed_year,
        parts.moment,
        parts.aggregation,
        bool_and(parts.is_usable) as is_complete,
        bool_or(parts.is_estimated) as is_estimated,
        bool_or(parts.is_conflicting) as is_conflicting,
        string_agg(parts.conflict_vi, '; ' order by parts.ancestor_code) as conflict_vi,
        count(*) as parts_total,
        bool_or(parts.weight is null) as is_weight_unknown,
        string_agg(
            case when not parts.is_usable then parts.ancestor_label_vi end, ', ' order by parts.ancestor_code
        ) as units_missing_vi,
        sum(parts.value * parts.weight order by parts.ancestor_code) as value_sum,
        max(parts.value) as value_max,
        min(parts.value) as value_min,
        sum(parts.numerator * parts.weight order by parts.ancestor_code) as numerator_sum,
        sum(parts.denominator * parts.weight order by parts.ancestor_code) as denominator_sum,
        sum(parts.value * parts.weight_value * parts.weight order by parts.ancestor_code) as weighted_sum,
        sum(parts.weight_value * parts.weight order by parts.ancestor_code) as weight_sum,
        count(distinct parts.qualifier) as qualifiers,
        max(parts.qualifier) as qualifier,
        -- The weakest status of the parts, the first by name among equals.
        min(concat(
            cast(coalesce(statuses.status_rank, numerator_statuses.status_rank) as varchar),
            coalesce(parts.status_code, parts.numerator_status_code)
        )) as weakest_status,
        max(parts.published_on) as published_on,
        string_agg(
            concat({{ vi_number('parts.value', 4) }}, ' (', parts.ancestor_label_vi, ')'), '; ' order by parts.ancestor_code
        ) as values_vi
    from parts
    left join statuses on parts.status_code = statuses.status_code
    left join statuses as numerator_statuses on parts.numerator_status_code = numerator_statuses.status_code
    group by
        parts.admin_unit_code, parts.indicator_code, parts.method_version, parts.observed_year, parts.moment, parts.aggregation
),

-- The territory as it was at the year's end, unless only that of its beginning is known in full.
chosen as (
    select
        *,
        row_number() over (
            partition by admin_unit_code, indicator_code, method_version, observed_year
            order by case when is_complete then 0 else 1 end, moment
        ) as choice
    from joined
),

valued as (
    select
        chosen.*,
        ratio_factors.numerator_name_vi,
        ratio_factors.denominator_name_vi,
        ratio_factors.numerator_name_vi is not null as is_ratio,
        {{ to_12_digits(
            "case when not chosen.is_complete then null when chosen.aggregation = 'sum' then chosen.value_sum"
            ~ " when chosen.aggregation = 'max' then chosen.value_max when chosen.aggregation = 'min' then chosen.value_min"
            ~ " when chosen.aggregation = 'ratio_of_sums'"
            ~ " then chosen.numerator_sum / nullif(chosen.denominator_sum, 0.0) * ratio_factors.ratio_factor"
            ~ " when chosen.aggregation = 'weighted_mean' then chosen.weighted_sum / nullif(chosen.weight_sum, 0.0) end"
        ) }} as value_in_indicator_unit
    from chosen
    left join ratio_factors on chosen.indicator_code = ratio_factors.indicator_code
    where chosen.choice = 1
)

select
    valued.admin_unit_code,
    valued.indicator_code,
    valued.method_version,
    valued.observed_year,
    valued.moment,
    -- What was done, not what the registry wished: a ratio without its parts is not aggregable.
    case
        when valued.aggregation = 'ratio_of_sums' and not valued.is_complete then 'not_aggregable' else valued.aggregation
    end as aggregation,
    valued.value_in_indicator_unit,
    valued.is_estimated,
    valued.is_conflicting,
    case when valued.is_conflicting then valued.conflict_vi end as conflict_vi,
    case
        when valued.qualifiers = 0 then null
        when valued.qualifiers = 1 and valued.aggregation in ('sum', 'max', 'min') then valued.qualifier
        else '~'
    end as qualifier,
    case when valued.value_in_indicator_unit is not null then substr(valued.weakest_status, 2) end as status_code,
    valued.published_on,
    case
        when valued.value_in_indicator_unit is null then null
        when valued.is_ratio
            then concat(
                'tính lại từ tổng “', valued.numerator_name_vi, '” ', {{ vi_number('valued.numerator_sum', 4) }},
                ' chia tổng “', valued.denominator_name_vi, '” ', {{ vi_number('valued.denominator_sum', 4) }}, ' của các đơn vị cũ'
            )
        when valued.aggregation = 'sum' and valued.parts_total > 1 then concat('cộng từ các đơn vị cũ: ', valued.values_vi)
        when valued.aggregation = 'sum' then concat('lấy từ đơn vị cũ: ', valued.values_vi)
        when valued.aggregation = 'weighted_mean' then concat('bình quân gia quyền của các đơn vị cũ: ', valued.values_vi)
        else concat('lấy từ các đơn vị cũ: ', valued.values_vi)
    end as rebuilt_vi,
    case
        when valued.value_in_indicator_unit is not null then null
        when valued.aggregation = 'not_aggregable'
            then 'chỉ tiêu này không cộng gộp được từ số của các đơn vị cũ'
        when valued.is_ratio
            then concat(
                'thiếu “', valued.numerator_name_vi, '” hoặc “', valued.denominator_name_vi, '” của: ', valued.units_missing_vi
            )
        when valued.is_weight_unknown then concat('chưa có tỷ lệ phân chia của: ', valued.units_missing_vi)
        else concat('chưa có số liệu của: ', valued.units_missing_vi)
    end as not_rebuilt_vi
from valued
