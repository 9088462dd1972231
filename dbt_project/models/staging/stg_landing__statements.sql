-- One row per statement published earlier, territory view, target, evaluation year and year looked at, as it was told then.
with statements as (
    select * from {{ source('landing', 'statements') }}
)

select
    as_of_at,
    registry_fingerprint,
    ledger_sequence,
    published_sequence,
    territory_view,
    target_code,
    evaluation_year,
    verdict_code,
    actual_value,
    target_definition,
    territory_definition,
    input_year,
    figures_text
from statements
