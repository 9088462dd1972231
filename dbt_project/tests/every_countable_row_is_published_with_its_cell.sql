-- count(landed rows of countable submissions) = count(mart_observations) = count(mart_provenance), row by row.
with landed as (
    select landed_rows.observation_key
    from {{ ref('stg_landing__rows') }} as landed_rows
    inner join {{ ref('int_submissions__known') }} as submissions
        on landed_rows.submission_id = submissions.submission_id
    where submissions.is_countable
)

select landed.observation_key
from landed
left join {{ ref('mart_observations') }} as observations on landed.observation_key = observations.observation_key
left join {{ ref('mart_provenance') }} as provenance on landed.observation_key = provenance.observation_key
where observations.observation_key is null or provenance.observation_key is null
