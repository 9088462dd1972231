-- Grain: one unit that outlives its parent, or stands at the wrong height.
select
    units.admin_unit_code,
    parents.admin_unit_code as parent_code
from {{ ref('admin_units') }} as units
left join {{ ref('admin_units') }} as parents
    on units.parent_key = parents.admin_unit_key
where
    (units.level = 'province') is distinct from (parents.admin_unit_key is null)
    or units.valid_to > parents.valid_to
    or (units.valid_to is null and parents.valid_to is not null)
    or units.valid_from < parents.valid_from
    or parents.level = 'commune'
