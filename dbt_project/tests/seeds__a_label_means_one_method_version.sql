-- Grain: one label that an officer could mean two method versions by, or one version under two labels.
select name_vi as ambiguous
from {{ ref('methods') }}
group by name_vi
having count(distinct method_version) > 1
union all
select method_version as ambiguous
from {{ ref('methods') }}
group by method_version
having count(distinct name_vi) > 1
