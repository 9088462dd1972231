-- One row per figure a department owes with a report: its indicators, those of the departments it followed included, that
-- have a figure for such a period; each method in force and each province in force on the last day of the period.
with due as (
    select * from {{ ref('int_obligations__due') }}
    where form_code is not null
),

successions as (
    select * from {{ ref('int_departments__successions') }}
),

-- A milestone has no unit of measure: it is confirmed, not reported.
indicators as (
    select * from {{ ref('indicators') }}
    where unit_of_measure is not null
),

methods as (
    select * from {{ ref('methods') }}
),

provinces as (
    select * from {{ ref('admin_units') }}
    where level = 'province'
),

-- The frequency of an indicator is its shortest regular period: longer ones are asked too.
asked as (
    select
        due.obligation_code,
        due.department_code,
        due.period_kind,
        due.period_start,
        due.period_end,
        indicators.indicator_code
    from due
    inner join successions on due.department_code = successions.follower_code
    inner join indicators on successions.department_code = indicators.responsible_department_code
    where
        (due.period_kind = 'year' and indicators.frequency in ('month', 'quarter', 'half_year', 'year'))
        or (due.period_kind = 'half_year' and indicators.frequency in ('month', 'quarter', 'half_year'))
        or (due.period_kind in ('nine_months', 'quarter') and indicators.frequency in ('month', 'quarter'))
        or (due.period_kind = 'month' and indicators.frequency = 'month')
),

by_method as (
    select
        asked.*,
        coalesce(methods.method_version, '') as method_version
    from asked
    left join methods
        on
            asked.indicator_code = methods.indicator_code
            and asked.period_end >= methods.valid_from
            and asked.period_end <= coalesce(methods.valid_to, asked.period_end)
)

select
    by_method.*,
    provinces.admin_unit_code
from by_method
inner join provinces
    on
        by_method.period_end >= coalesce(provinces.valid_from, by_method.period_end)
        and by_method.period_end <= coalesce(provinces.valid_to, by_method.period_end)
