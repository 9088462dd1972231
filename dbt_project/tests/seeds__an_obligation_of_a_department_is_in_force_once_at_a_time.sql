-- Grain: two rows that bind one department to one obligation on the same day.
select
    earlier.obligation_code,
    earlier.department_code,
    earlier.valid_from,
    later.valid_from as other_valid_from
from {{ ref('reporting_obligations') }} as earlier
inner join {{ ref('reporting_obligations') }} as later
    on
        earlier.obligation_code = later.obligation_code
        and earlier.department_code is not distinct from later.department_code
        and earlier.valid_from < later.valid_from
where coalesce(earlier.valid_to, date '9999-12-31') >= later.valid_from
union all
select
    obligation_code,
    department_code,
    valid_from,
    valid_from as other_valid_from
from {{ ref('reporting_obligations') }}
group by obligation_code, department_code, valid_from
having count(*) > 1
