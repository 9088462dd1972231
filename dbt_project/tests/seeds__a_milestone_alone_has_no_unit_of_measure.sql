-- Grain: one target without a unit of measure that is not a milestone.
select
    target_code,
    kind
from {{ ref('targets') }}
where unit_of_measure is null and kind <> 'milestone'
