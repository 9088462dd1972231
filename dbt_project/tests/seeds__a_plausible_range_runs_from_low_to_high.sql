-- Grain: one indicator whose limits of sense are reversed, or given without a unit to read them in.
select indicator_code
from {{ ref('indicators') }}
where
    plausible_low >= plausible_high
    or (unit_of_measure is null and coalesce(plausible_low, plausible_high) is not null)
