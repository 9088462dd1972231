-- Grain: one target set for another territory than its plan document.
select
    targets.target_code,
    targets.admin_unit_code,
    documents.admin_unit_code as document_unit
from {{ ref('targets') }} as targets
inner join {{ ref('plans') }} as documents
    on targets.plan_code = documents.plan_code
where targets.admin_unit_code <> documents.admin_unit_code
