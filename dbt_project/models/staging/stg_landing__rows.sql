-- One row per filled row of a landed submission, whatever became of the submission.
with landed_rows as (
    select * from {{ source('landing', 'rows') }}
)

select
    md5(concat_ws('|', submission_id, sheet, cell)) as observation_key,
    submission_id,
    row_number,
    sheet,
    cell,
    raw_text,
    indicator_code,
    coalesce(method_version, '') as method_version,
    unit_of_measure,
    admin_unit_code,
    period_kind,
    period_start,
    period_end,
    period_text,
    value,
    value_decimals,
    missing_code,
    qualifier,
    status_code,
    source_authority_code,
    published_on,
    published_precision,
    published_text,
    coalesce(source, '') as source,
    note
from landed_rows
