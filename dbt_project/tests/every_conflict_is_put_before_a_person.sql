-- Grain: one series in conflict that the review does not show, or not with all its figures.
with in_conflict as (
    select
        series_key,
        count(*) as figures_count
    from {{ ref('int_observations__ranked') }}
    where is_conflicting
    group by series_key
)

select in_conflict.series_key
from in_conflict
left join {{ ref('rvw_conflicting_figures') }} as review
    on in_conflict.series_key = review.series_key and in_conflict.figures_count = review.figures_count
where review.series_key is null
