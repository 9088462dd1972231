-- Grain: one indicator whose aggregation and named parts disagree.
select
    indicator_code,
    aggregation
from {{ ref('indicators') }}
where
    (aggregation = 'ratio_of_sums') is distinct from (numerator_indicator_code is not null)
    or (aggregation = 'ratio_of_sums') is distinct from (denominator_indicator_code is not null)
    or (aggregation = 'weighted_mean') is distinct from (weight_indicator_code is not null)
