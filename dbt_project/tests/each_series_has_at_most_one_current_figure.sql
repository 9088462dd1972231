-- Of a series either one figure counts, or the top ones are in conflict and none does.
select
    series_key,
    count(*) as figures_current
from {{ ref('mart_observations') }}
group by series_key
having
    count(*) filter (where is_current) > 1
    or (count(*) filter (where is_current) > 0 and count(*) filter (where is_conflicting) > 0)
