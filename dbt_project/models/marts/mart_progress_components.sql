-- One row per target, evaluation year, territory view and method: what went into the formula, the formula, what came out.
with status as (
    select * from {{ ref('mart_target_status') }}
    where verdict_code not in ('not_due', 'basis_ceased', 'superseded', 'conflicting_data', 'no_data')
),

judged as (
    select * from {{ ref('int_targets__judged') }}
)

select
    status.territory_view,
    status.target_code,
    status.evaluation_year,
    'cot_moc' as method,
    coalesce(judged.formula_name, status.kind) as formula_name,
    coalesce(judged.formula_text, status.reason_vi) as formula_text,
    coalesce(judged.inputs, '{}') as inputs,
    judged.pace as progress_value,
    cast(null as double) as score,
    status.verdict_code as status
from status
left join judged
    on
        status.territory_view = judged.territory_view
        and status.target_code = judged.target_code
        and status.evaluation_year = judged.evaluation_year
