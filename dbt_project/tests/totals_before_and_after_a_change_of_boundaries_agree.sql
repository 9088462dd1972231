-- What older units reported of a sum reaches the units in force once and entirely: no part is lost, none is counted twice.
-- Years in which a part is missing or its share unknown have no rebuilt total and are left out with it.
with rebuilt as (
    select * from {{ ref('int_series__rebuilt') }}
    where aggregation = 'sum' and value_in_indicator_unit is not null
),

parts as (
    select parts.*
    from {{ ref('int_series_parts__of_units_in_force') }} as parts
    inner join rebuilt
        on
            parts.admin_unit_code = rebuilt.admin_unit_code
            and parts.indicator_code = rebuilt.indicator_code
            and parts.method_version = rebuilt.method_version
            and parts.observed_year = rebuilt.observed_year
            and parts.moment = rebuilt.moment
),

told as (
    select
        indicator_code,
        method_version,
        observed_year,
        ancestor_code,
        max(value) as value,
        sum(weight) as passed_on
    from parts
    group by indicator_code, method_version, observed_year, ancestor_code
),

before as (
    select
        indicator_code,
        method_version,
        observed_year,
        sum(value) as total_before,
        bool_and(abs(passed_on - 1.0) < 1e-9) as is_whole
    from told
    group by indicator_code, method_version, observed_year
),

after as (
    select
        indicator_code,
        method_version,
        observed_year,
        sum(value_in_indicator_unit) as total_after
    from rebuilt
    group by indicator_code, method_version, observed_year
)

select
    before.*,
    after.total_after
from before
inner join after
    on
        before.indicator_code = after.indicator_code
        and before.method_version = after.method_version
        and before.observed_year = after.observed_year
where before.is_whole and abs(before.total_before - after.total_after) > 1e-9 * abs(before.total_before)
