-- One row: what "today" means for this build, and the newest year that has ended by then.
with events as (
    select * from {{ ref('stg_landing__events') }}
),

last_event as (
    select coalesce(max(happened_at), timestamp '1970-01-01 00:00:00') as happened_at from events
),

instant as (
    select {{ as_of_instant('happened_at') }} as as_of_at from last_event
)

select
    as_of_at,
    {{ local_date('as_of_at') }} as as_of_on,
    cast(extract(year from {{ local_date('as_of_at') }}) as integer) as as_of_year,
    cast(extract(year from {{ local_date('as_of_at') }}) as integer) - 1 as last_complete_year
from instant
