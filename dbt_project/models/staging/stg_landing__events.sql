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
    form_version,
    file_name,
    person,
    channel,
    reason,
    is_backdated,
    requires_approval,
    rows_read,
    rows_accepted,
    cells_refused,
    warnings,
    periods,
    content_sha256,
    confirmation_id,
    target_code,
    evaluation_year,
    note
from events
