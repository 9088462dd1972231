-- One row per milestone and evaluation year confirmed by the as-of and not withdrawn by then: the first confirmation.
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
    where events.happened_at <= instant.as_of_at and events.confirmation_id is not null
),

withdrawn as (
    select distinct confirmation_id from known_events
    where kind = 'withdrawn'
),

standing as (
    select
        confirmed.*,
        row_number() over (
            partition by confirmed.target_code, confirmed.evaluation_year
            order by confirmed.happened_at, confirmed.sequence
        ) as confirmation_rank
    from known_events as confirmed
    left join withdrawn on confirmed.confirmation_id = withdrawn.confirmation_id
    where confirmed.kind = 'confirmed' and withdrawn.confirmation_id is null
)

select
    target_code,
    evaluation_year,
    confirmation_id,
    person as confirmed_by,
    happened_at as confirmed_at,
    sha256 as evidence_sha256,
    file_name as evidence_file_name,
    note
from standing
where confirmation_rank = 1
