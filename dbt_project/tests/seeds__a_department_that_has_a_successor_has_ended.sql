-- Grain: one department that is still at work beside its successor, or passes to one that has ended too.
select
    departments.department_code,
    departments.successor_code
from {{ ref('departments') }} as departments
inner join {{ ref('departments') }} as successors
    on departments.successor_code = successors.department_code
where
    departments.valid_to is null
    or successors.valid_to is not null
    or successors.valid_from > departments.valid_to + interval '1 day'
