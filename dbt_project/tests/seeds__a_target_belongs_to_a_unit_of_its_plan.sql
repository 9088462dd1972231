-- Grain: one target set for another territory than its plan document.
select
    targets.target_code,
    targets.admin_unit_code,
    plans.admin_unit_code as plan_unit
from {{ ref('targets') }} as targets
inner join {{ ref('plans') }} as plans
    on targets.plan_code = plans.plan_code
where targets.admin_unit_code <> plans.admin_unit_code
