-- Grain: one lineage link between units that do not follow one another.
select
    lineage.old_key,
    lineage.new_key
from {{ ref('admin_unit_lineage') }} as lineage
inner join {{ ref('admin_units') }} as old_units
    on lineage.old_key = old_units.admin_unit_key
inner join {{ ref('admin_units') }} as successors
    on lineage.new_key = successors.admin_unit_key
where
    old_units.level <> successors.level
    or successors.valid_from is distinct from lineage.effective_on
    or cast(old_units.valid_to + interval '1 day' as date) is distinct from lineage.effective_on
