-- Grain: one pair of method version and indicator that is registered more than once.
select
    method_version,
    indicator_code
from {{ ref('methods') }}
group by method_version, indicator_code
having count(*) > 1
