-- One row per milestone and year that a responsible person confirmed: who, when, and on what evidence.
with confirmations as (
    select * from {{ ref('int_milestones__confirmed') }}
)

select
    target_code,
    evaluation_year,
    confirmation_id,
    confirmed_by,
    confirmed_at,
    evidence_sha256,
    evidence_file_name,
    note
from confirmations
