-- Grain: one obligation whose due date is half said.
select obligation_code
from {{ ref('reporting_obligations') }}
where
    (due_month is null) is distinct from (due_day is null)
    or (due_month is null) is distinct from (is_exclusive is null)
    or (due_month is null) is distinct from (frequency = 'on_request')
