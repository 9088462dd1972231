-- One row per unit in force, year, moment of that year, series and older unit: the figures that stand for it then.
-- Two moments are tried: the territory as it was at the year's end, and as it was at its beginning.
with ancestors as (
    select * from {{ ref('int_admin_units__ancestors') }}
    where steps > 0
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

series as (
    select * from {{ ref('int_series__yearly') }}
    where value_in_indicator_unit is not null
),

indicators as (
    select * from {{ ref('indicators') }}
),

years as (
    select distinct observed_year from series
),

moments as (
    select
        observed_year,
        'end' as moment,
        cast(concat(cast(observed_year as varchar), '-12-31') as date) as on_date
    from years
    union all
    select
        observed_year,
        'start' as moment,
        cast(concat(cast(observed_year as varchar), '-01-01') as date) as on_date
    from years
),

members as (
    select
        ancestors.admin_unit_code,
        ancestors.ancestor_code,
        ancestors.ancestor_label_vi,
        ancestors.weight,
        ancestors.is_estimated,
        moments.observed_year,
        moments.moment
    from ancestors
    cross join instant
    inner join moments
        on
            coalesce(ancestors.ancestor_valid_from, moments.on_date) <= moments.on_date
            and coalesce(ancestors.ancestor_valid_to, moments.on_date) >= moments.on_date
            and ancestors.valid_from > moments.on_date
    where instant.as_of_on >= ancestors.valid_from and instant.as_of_on <= coalesce(ancestors.valid_to, instant.as_of_on)
),

-- A series is worth rebuilding when an older unit has it, or has what it is recomputed from.
wanted as (
    select distinct
        members.admin_unit_code,
        members.observed_year,
        members.moment,
        series.indicator_code,
        series.method_version
    from members
    inner join series on members.ancestor_code = series.admin_unit_code and members.observed_year = series.observed_year
    union
    select distinct
        members.admin_unit_code,
        members.observed_year,
        members.moment,
        indicators.indicator_code,
        '' as method_version
    from members
    inner join series on members.ancestor_code = series.admin_unit_code and members.observed_year = series.observed_year
    inner join indicators
        on indicators.aggregation = 'ratio_of_sums' and series.indicator_code = indicators.numerator_indicator_code
)

select
    wanted.admin_unit_code,
    wanted.indicator_code,
    wanted.method_version,
    wanted.observed_year,
    wanted.moment,
    indicators.aggregation,
    members.ancestor_code,
    members.ancestor_label_vi,
    members.weight,
    members.is_estimated,
    own.observation_key as own_key,
    own.value_in_indicator_unit as value,
    own.qualifier,
    own.status_code,
    own.published_on,
    coalesce(own.is_conflicting or numerators.is_conflicting or denominators.is_conflicting, own.is_conflicting, false)
        as is_conflicting,
    coalesce(own.conflict_vi, numerators.conflict_vi, denominators.conflict_vi) as conflict_vi,
    numerators.observation_key as numerator_key,
    numerators.value_in_indicator_unit as numerator,
    numerators.status_code as numerator_status_code,
    denominators.observation_key as denominator_key,
    denominators.value_in_indicator_unit as denominator,
    weights.observation_key as weight_key,
    weights.value_in_indicator_unit as weight_value,
    case indicators.aggregation
        when 'sum' then own.value_in_indicator_unit is not null and members.weight is not null
        when 'max' then own.value_in_indicator_unit is not null
        when 'min' then own.value_in_indicator_unit is not null
        when 'ratio_of_sums'
            then
                numerators.value_in_indicator_unit is not null
                and denominators.value_in_indicator_unit is not null
                and members.weight is not null
        when 'weighted_mean'
            then
                own.value_in_indicator_unit is not null
                and weights.value_in_indicator_unit is not null
                and members.weight is not null
        else false
    end as is_usable
from wanted
inner join members
    on
        wanted.admin_unit_code = members.admin_unit_code
        and wanted.observed_year = members.observed_year
        and wanted.moment = members.moment
inner join indicators on wanted.indicator_code = indicators.indicator_code
left join series as own
    on
        members.ancestor_code = own.admin_unit_code
        and wanted.indicator_code = own.indicator_code
        and wanted.method_version = own.method_version
        and wanted.observed_year = own.observed_year
left join series as numerators
    on
        indicators.aggregation = 'ratio_of_sums'
        and members.ancestor_code = numerators.admin_unit_code
        and indicators.numerator_indicator_code = numerators.indicator_code
        and numerators.method_version = ''
        and wanted.observed_year = numerators.observed_year
left join series as denominators
    on
        indicators.aggregation = 'ratio_of_sums'
        and members.ancestor_code = denominators.admin_unit_code
        and indicators.denominator_indicator_code = denominators.indicator_code
        and denominators.method_version = ''
        and wanted.observed_year = denominators.observed_year
left join series as weights
    on
        indicators.aggregation = 'weighted_mean'
        and members.ancestor_code = weights.admin_unit_code
        and indicators.weight_indicator_code = weights.indicator_code
        and weights.method_version = ''
        and wanted.observed_year = weights.observed_year
