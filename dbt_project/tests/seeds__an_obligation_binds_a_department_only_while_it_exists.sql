-- Grain: one obligation laid on a department before it began or after it ended.
select
    obligations.obligation_code,
    obligations.department_code
from {{ ref('reporting_obligations') }} as obligations
inner join {{ ref('departments') }} as departments
    on obligations.department_code = departments.department_code
where
    coalesce(obligations.valid_to, date '9999-12-31') > coalesce(departments.valid_to, date '9999-12-31')
    or obligations.valid_from < coalesce(departments.valid_from, date '0001-01-01')
