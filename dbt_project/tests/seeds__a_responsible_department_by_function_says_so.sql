-- Grain: one department whose assignment does not say that no document makes it.
select department_code
from {{ ref('departments') }}
where assignment_note not like '%văn bản không nêu%'
