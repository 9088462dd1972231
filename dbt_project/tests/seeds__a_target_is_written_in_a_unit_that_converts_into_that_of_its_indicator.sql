-- Grain: one target that could never be compared with a figure of its indicator.
select
    targets.target_code,
    targets.unit_of_measure as target_unit,
    indicators.unit_of_measure as indicator_unit
from {{ ref('targets') }} as targets
inner join {{ ref('indicators') }} as indicators
    on targets.indicator_code = indicators.indicator_code
left join {{ ref('units_of_measure') }} as target_units
    on targets.unit_of_measure = target_units.unit_of_measure
left join {{ ref('units_of_measure') }} as indicator_units
    on indicators.unit_of_measure = indicator_units.unit_of_measure
where target_units.dimension is distinct from indicator_units.dimension
