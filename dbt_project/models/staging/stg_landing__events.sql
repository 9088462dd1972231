-- One row per ledger event, as written.
with events as (
    select * from {{ source('landing', 'events') }}
)

select
    sequence,
    happened_at,
    kind,
    submission_id,
    sha256,
    department_code,
    form_code,
    file_name,
    person,
    is_backdated,
    requires_approval,
    confirmation_id,
    target_code,
    evaluation_year,
    note
from events
