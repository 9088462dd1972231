-- One row: what this build knew. Printed on every page that shows its figures.
with registry as (
    select * from {{ source('landing', 'registry') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

events as (
    select * from {{ ref('stg_landing__events') }}
),

submissions as (
    select * from {{ ref('int_submissions__known') }}
),

observations as (
    select * from {{ ref('int_observations__known') }}
),

known_events as (
    select max(events.sequence) as ledger_sequence
    from events
    cross join instant
    where events.happened_at <= instant.as_of_at
),

counted_submissions as (
    select cast(count(*) as integer) as submissions_counted from submissions
    where is_countable
),

counted_observations as (
    select cast(count(*) as integer) as observations_counted from observations
)

select
    instant.as_of_at,
    instant.as_of_on,
    instant.last_complete_year,
    coalesce(known_events.ledger_sequence, 0) as ledger_sequence,
    counted_submissions.submissions_counted,
    counted_observations.observations_counted,
    registry.registry_fingerprint
from instant
cross join known_events
cross join counted_submissions
cross join counted_observations
cross join registry
