-- Grain: one reminder that its audiences would get on different days, or on the due date itself.
select reminder_code
from {{ ref('reminder_policies') }}
group by reminder_code
having
    count(distinct days_after_due) > 1
    or count(distinct still_sent_days) > 1
    or min(abs(days_after_due)) = 0
    or min(still_sent_days) < 0
