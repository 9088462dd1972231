-- Grain: one department whose last known follower was followed again.
select chains.department_code
from {{ ref('int_departments__successions') }} as chains
inner join {{ ref('departments') }} as departments on chains.follower_code = departments.department_code
where chains.steps = {{ longest_chain_of_departments() }} and departments.successor_code is not null
