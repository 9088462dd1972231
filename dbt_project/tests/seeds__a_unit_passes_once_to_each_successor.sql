-- Grain: one lineage link that is written twice.
select
    old_key,
    new_key
from {{ ref('admin_unit_lineage') }}
group by old_key, new_key
having count(*) > 1
