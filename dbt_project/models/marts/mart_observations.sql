-- One row per published figure: series (indicator, unit, period, method) and vintage, whether or not it counts today.
with observations as (
    select * from {{ ref('int_observations__ranked') }}
),

indicators as (
    select * from {{ ref('indicators') }}
)

select
    observations.observation_key,
    observations.series_key,
    observations.indicator_code,
    indicators.name_vi as indicator_name_vi,
    observations.admin_unit_code,
    observations.method_version,
    observations.period_kind,
    observations.period_start,
    observations.period_end,
    observations.period_text,
    observations.value,
    observations.raw_text as value_text,
    observations.missing_code,
    observations.qualifier,
    observations.unit_of_measure,
    observations.status_code,
    observations.source_authority_code,
    observations.published_on,
    observations.published_precision,
    observations.published_text,
    observations.received_at,
    cast(observations.vintage as integer) as vintage,
    observations.is_current,
    observations.is_conflicting,
    observations.is_replaced,
    observations.source,
    observations.note,
    observations.department_code,
    observations.submission_id
from observations
inner join indicators on observations.indicator_code = indicators.indicator_code
