-- One row per territory view, series, year and published figure it rests on: one where the unit itself reported, all of
-- them where sources contradict each other, several where the value was rebuilt from older units.
with by_view as (
    select * from {{ ref('int_series__by_view') }}
),

reported as (
    select * from {{ ref('int_series__yearly') }}
),

rebuilt as (
    select * from {{ ref('int_series__rebuilt') }}
),

parts as (
    select * from {{ ref('int_series_parts__of_units_in_force') }}
),

observations as (
    select * from {{ ref('int_observations__ranked') }}
),

chosen_parts as (
    select parts.*
    from parts
    inner join rebuilt
        on
            parts.admin_unit_code = rebuilt.admin_unit_code
            and parts.indicator_code = rebuilt.indicator_code
            and parts.method_version = rebuilt.method_version
            and parts.observed_year = rebuilt.observed_year
            and parts.moment = rebuilt.moment
),

counted as (
    select
        by_view.territory_view,
        by_view.indicator_code,
        by_view.admin_unit_code,
        by_view.method_version,
        by_view.observed_year,
        'own' as part_role,
        reported.observation_key
    from by_view
    inner join reported
        on
            by_view.indicator_code = reported.indicator_code
            and by_view.admin_unit_code = reported.admin_unit_code
            and by_view.method_version = reported.method_version
            and by_view.observed_year = reported.observed_year
    where not by_view.is_rebuilt
    {% for role, key, rules in [
        ('part', 'own_key', ['sum', 'max', 'min', 'weighted_mean']),
        ('numerator', 'numerator_key', ['ratio_of_sums']),
        ('denominator', 'denominator_key', ['ratio_of_sums']),
        ('weight', 'weight_key', ['weighted_mean']),
    ] %}
        union all
        select
            by_view.territory_view,
            by_view.indicator_code,
            by_view.admin_unit_code,
            by_view.method_version,
            by_view.observed_year,
            '{{ role }}' as part_role,
            chosen_parts.{{ key }} as observation_key
        from by_view
        inner join chosen_parts
            on
                by_view.admin_unit_code = chosen_parts.admin_unit_code
                and by_view.indicator_code = chosen_parts.indicator_code
                and by_view.method_version = chosen_parts.method_version
                and by_view.observed_year = chosen_parts.observed_year
        where
            by_view.is_rebuilt
            and chosen_parts.aggregation in ('{{ rules | join("', '") }}')
    {% endfor %}
)

select
    counted.territory_view,
    counted.indicator_code,
    counted.admin_unit_code,
    counted.method_version,
    counted.observed_year,
    counted.part_role,
    figures.observation_key,
    figures.is_conflicting,
    figures.value,
    figures.unit_of_measure
from counted
inner join observations as tops on counted.observation_key = tops.observation_key
inner join observations as figures
    on
        tops.series_key = figures.series_key
        and (tops.observation_key = figures.observation_key or (tops.is_conflicting and figures.is_conflicting))
