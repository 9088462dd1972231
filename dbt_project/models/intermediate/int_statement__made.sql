-- One row per territory view, target, evaluation year and year looked at: what this build tells its readers, and what it
-- rests on. Kept beside the landed files when it is published, so that a later build can say what changed and why.
with status as (
    select * from {{ ref('mart_target_status') }}
),

targets as (
    select * from {{ ref('targets') }}
),

plans as (
    select * from {{ ref('plans') }}
),

ancestors as (
    select * from {{ ref('int_admin_units__ancestors') }}
),

inputs as (
    select * from {{ ref('mart_target_inputs') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

confirmations as (
    select * from {{ ref('int_milestones__confirmed') }}
),

build as (
    select * from {{ ref('mart_build_info') }}
),

target_definitions as (
    select
        targets.target_code,
        md5(concat_ws(
            '|', targets.plan_code, targets.indicator_code, coalesce(targets.method_version, ''), targets.admin_unit_code,
            targets.kind, targets.comparator, coalesce(cast(targets.target_low as varchar), ''),
            coalesce(cast(targets.target_high as varchar), ''), coalesce(targets.unit_of_measure, ''), targets.direction,
            coalesce(targets.path, ''), cast(targets.period_start as varchar), cast(targets.period_end as varchar),
            cast(targets.baseline_year as varchar), coalesce(cast(targets.basis_ends_on as varchar), ''),
            coalesce(cast(plans.superseded_on as varchar), '')
        )) as target_definition
    from targets
    inner join plans on targets.plan_code = plans.plan_code
),

territories as (
    select
        admin_unit_code,
        md5(string_agg(
            concat_ws(
                '|', ancestor_code, coalesce(cast(ancestor_valid_from as varchar), ''),
                coalesce(cast(ancestor_valid_to as varchar), ''), coalesce(cast(weight as varchar), '')
            ), ';' order by ancestor_code
        )) as territory_definition
    from ancestors
    group by admin_unit_code
),

figures as (
    select
        inputs.territory_view,
        inputs.target_code,
        inputs.evaluation_year,
        inputs.input_year,
        string_agg(
            {{ vi_quantity('inputs.value', 'units.name_vi', 6) }}, '; '
            order by inputs.part_role, inputs.value, inputs.unit_of_measure
        ) as figures_text
    from inputs
    left join units on inputs.unit_of_measure = units.unit_of_measure
    group by inputs.territory_view, inputs.target_code, inputs.evaluation_year, inputs.input_year
    union all
    select
        status.territory_view,
        status.target_code,
        status.evaluation_year,
        status.evaluation_year as input_year,
        concat('xác nhận: ', confirmations.evidence_sha256) as figures_text
    from status
    inner join confirmations
        on status.target_code = confirmations.target_code and status.evaluation_year = confirmations.evaluation_year
    where status.kind = 'milestone'
)

select
    build.as_of_at,
    build.registry_fingerprint,
    build.ledger_sequence,
    status.territory_view,
    status.target_code,
    status.evaluation_year,
    status.verdict_code,
    status.actual_value,
    target_definitions.target_definition,
    territories.territory_definition,
    figures.input_year,
    figures.figures_text
from status
cross join build
inner join target_definitions on status.target_code = target_definitions.target_code
inner join territories on status.admin_unit_code = territories.admin_unit_code
left join figures
    on
        status.territory_view = figures.territory_view
        and status.target_code = figures.target_code
        and status.evaluation_year = figures.evaluation_year
