-- One row per known observation with its place among the candidates of its series (evaluation rules, section 2).
with observations as (
    select * from {{ ref('int_observations__known') }}
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

candidates as (
    select
        observation_key,
        row_number() over (
            partition by series_key
            order by
                status_rank desc, authority_rank desc, published_on desc, received_at desc, received_sequence desc,
                row_number desc
        ) as candidate_rank
    from observations
    where is_actual and not is_replaced and value is not null
),

placed as (
    select
        observations.*,
        candidates.candidate_rank
    from observations
    left join candidates on observations.observation_key = candidates.observation_key
),

tops as (
    select * from placed
    where candidate_rank = 1
),

-- Equal in status and authority, another source, published near the top one, and apart by more than rounding.
rivals as (
    select
        placed.observation_key,
        tops.observation_key as top_observation_key
    from placed
    inner join tops on placed.series_key = tops.series_key
    cross join policies
    where
        placed.candidate_rank > 1
        and placed.status_rank = tops.status_rank
        and placed.authority_rank = tops.authority_rank
        and placed.source <> tops.source
        and abs({{ dbt.datediff('tops.published_on', 'placed.published_on', 'day') }}) <= policies.conflict_window
        and {{ to_12_digits('abs(placed.value_in_indicator_unit - tops.value_in_indicator_unit)') }}
        > {{ to_12_digits('policies.rounding * greatest(placed.last_printed_digit, tops.last_printed_digit)') }}
),

in_conflict as (
    select observation_key from rivals
    union
    select top_observation_key as observation_key from rivals
)

select
    placed.*,
    in_conflict.observation_key is not null as is_conflicting,
    coalesce(placed.candidate_rank = 1, false) and in_conflict.observation_key is null as is_current,
    -- Of two sources received at the same instant neither is the later one, in whatever order they were handed in.
    row_number() over (
        partition by placed.series_key
        order by
            placed.published_on, placed.received_at, placed.source, placed.received_sequence, placed.row_number
    ) as vintage
from placed
left join in_conflict on placed.observation_key = in_conflict.observation_key
