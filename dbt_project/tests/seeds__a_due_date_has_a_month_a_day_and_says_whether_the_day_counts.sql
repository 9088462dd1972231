-- Grain: one obligation whose due date is half said, or said twice.
select obligation_code
from {{ ref('reporting_obligations') }}
where
    (due_day is null) is distinct from (frequency = 'on_request')
    or (due_day is null) is distinct from (is_exclusive is null)
    or (due_day is null) is distinct from (on_holiday is null)
    or (due_day is null) is distinct from (due_month is null and due_offset_months is null)
    or (due_month is not null and due_offset_months is not null)
    or (due_month is not null and frequency not in ('year', 'once'))
    or (due_offset_months is not null and frequency = 'once')
