-- One row per submission received by the as-of: who handed it in, who approved it, whether it counts.
with events as (
    select * from {{ ref('stg_landing__events') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

known_events as (
    select events.*
    from events
    cross join instant
    where events.happened_at <= instant.as_of_at and events.submission_id is not null
),

folded as (
    select
        submission_id,
        min(happened_at) filter (where kind = 'received') as received_at,
        min(sequence) filter (where kind = 'received') as received_sequence,
        max_by(sha256, sequence) filter (where kind = 'received') as sha256,
        max_by(department_code, sequence) filter (where kind = 'received') as department_code,
        max_by(form_code, sequence) filter (where kind = 'received') as form_code,
        max_by(form_version, sequence) filter (where kind = 'received') as form_version,
        max_by(file_name, sequence) filter (where kind = 'received') as file_name,
        max_by(person, sequence) filter (where kind = 'received') as submitted_by,
        max_by(channel, sequence) filter (where kind = 'received') as channel,
        coalesce(bool_or(is_backdated) filter (where kind = 'received'), false) as is_backdated,
        max_by(kind, sequence) filter (
            where kind in ('received', 'accepted', 'waiting', 'refused', 'approved', 'rejected', 'withdrawn')
        ) as state,
        max_by(happened_at, sequence) filter (where kind in ('accepted', 'waiting', 'refused')) as answered_at,
        max_by(rows_read, sequence) filter (where kind in ('accepted', 'waiting', 'refused')) as rows_read,
        max_by(rows_accepted, sequence) filter (where kind in ('accepted', 'waiting', 'refused')) as rows_accepted,
        max_by(cells_refused, sequence) filter (where kind in ('accepted', 'waiting', 'refused')) as cells_refused,
        max_by(warnings, sequence) filter (where kind in ('accepted', 'waiting', 'refused')) as warnings,
        max_by(periods, sequence) filter (where kind in ('accepted', 'waiting', 'refused')) as periods,
        max_by(person, sequence) filter (where kind = 'justified') as justified_by,
        max(happened_at) filter (where kind = 'justified') as justified_at,
        max_by(person, sequence) filter (where kind = 'approved') as approved_by,
        max(happened_at) filter (where kind = 'approved') as approved_at,
        max_by(person, sequence) filter (where kind in ('approved', 'rejected', 'withdrawn')) as decided_by,
        max_by(happened_at, sequence) filter (where kind in ('approved', 'rejected', 'withdrawn')) as decided_at,
        -- A decision without a reason leaves none standing: blank, so that an earlier one does not show through.
        nullif(
            max_by(coalesce(reason, ''), sequence) filter (
                where kind in ('accepted', 'waiting', 'refused', 'rejected', 'withdrawn')
            ), ''
        ) as reason,
        bool_or(kind = 'accepted') as is_accepted,
        bool_or(kind = 'approved') as is_approved,
        bool_or(kind in ('rejected', 'withdrawn')) as is_taken_back,
        coalesce(bool_or(requires_approval) filter (where kind = 'accepted'), true) as requires_approval
    from known_events
    group by submission_id
)

select
    *,
    is_accepted and not is_taken_back and (is_approved or not requires_approval) as is_countable
from folded
