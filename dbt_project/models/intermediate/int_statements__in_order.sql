-- One row per statement, territory view, target, evaluation year and year looked at: those made for an earlier or the same
-- as-of, numbered in their order, and this build's own as the last of them.
with earlier as (
    select * from {{ ref('stg_landing__statements') }}
),

made as (
    select * from {{ ref('int_statement__made') }}
),

build as (
    select * from {{ ref('mart_build_info') }}
),

-- A build of what was published before takes the place it had then. An event recorded after the fact leaves the as-of
-- where it was, and the head of the ledger tells the two apart.
own_place as (
    select coalesce(min(earlier.published_sequence), 2147483647) as published_sequence
    from build
    left join earlier
        on
            build.as_of_at = earlier.as_of_at
            and build.registry_fingerprint = earlier.registry_fingerprint
            and build.ledger_sequence = earlier.ledger_sequence
),

together as (
    select
        earlier.as_of_at,
        earlier.registry_fingerprint,
        earlier.ledger_sequence,
        earlier.published_sequence,
        earlier.territory_view,
        earlier.target_code,
        earlier.evaluation_year,
        earlier.verdict_code,
        earlier.actual_value,
        earlier.target_definition,
        earlier.territory_definition,
        earlier.input_year,
        earlier.figures_text,
        false as is_own
    from earlier
    cross join build
    cross join own_place
    where
        earlier.as_of_at < build.as_of_at
        or (earlier.as_of_at = build.as_of_at and earlier.published_sequence < own_place.published_sequence)
    union all
    select
        made.as_of_at,
        made.registry_fingerprint,
        made.ledger_sequence,
        own_place.published_sequence,
        made.territory_view,
        made.target_code,
        made.evaluation_year,
        made.verdict_code,
        made.actual_value,
        made.target_definition,
        made.territory_definition,
        made.input_year,
        made.figures_text,
        true as is_own
    from made
    cross join own_place
)

select
    cast(dense_rank() over (order by as_of_at, published_sequence) as integer) as release_number,
    *
from together
