-- Grain: one unit whose end and lineage disagree. Districts ceased without successor on 01/7/2025.
with continued as (
    select distinct old_key
    from {{ ref('admin_unit_lineage') }}
)

select
    units.admin_unit_code,
    units.level
from {{ ref('admin_units') }} as units
left join continued
    on units.admin_unit_key = continued.old_key
where
    (units.valid_to is not null and units.level <> 'district')
    is distinct from (continued.old_key is not null)
