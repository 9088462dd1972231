-- Grain: one old unit whose weights do not add to one, or whose split claims a weight without a basis.
select
    old_key,
    count(*) as links,
    sum(weight) as weights
from {{ ref('admin_unit_lineage') }}
group by old_key
having
    (not bool_or(is_estimated) and (count(*) <> count(weight) or sum(weight) <> 1))
    or (count(*) > 1) is distinct from bool_or(relation = 'split')
    or (bool_or(is_estimated) and count(weight) > 0)
