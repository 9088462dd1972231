-- A pace divides what was made by what was promised: of a total or a mean that should stay small, or of a promise against
-- the good direction, it would run backwards. No plan promises one; the formulas do not judge it.
select target_code
from {{ ref('targets') }}
where
    kind in ('average_growth', 'cumulative', 'annual_change', 'increment')
    and (direction <> 'higher_better' or coalesce(target_low, target_high) < 0)
