-- One row per obligation, department and period: all that fell due by the as-of, and of each the next. A period is owed
-- by the row in force on its last day on time as the rule says it, before days off are looked at.
with obligations as (
    select * from {{ ref('reporting_obligations') }}
    where department_code is not null and due_day is not null
),

holidays as (
    select * from {{ ref('public_holidays') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

years as (
    select cast(years.year as integer) as period_year from range(1950, 2151) as years (year)
),

days as (
    select cast(days.distance as integer) as distance from range(0, {{ longest_rest() }}) as days (distance)
),

months as (
    select cast(months.month as integer) as last_month from range(1, 13) as months (month)
),

frequencies as (
    select
        'month' as frequency,
        last_month,
        last_month as first_month
    from months
    union all
    select
        'quarter' as frequency,
        last_month,
        last_month - 2 as first_month
    from months
    where last_month in (3, 6, 9, 12)
    union all
    select
        'half_year' as frequency,
        last_month,
        1 as first_month
    from months
    where last_month = 6
    union all
    select
        'nine_months' as frequency,
        last_month,
        1 as first_month
    from months
    where last_month = 9
    union all
    select
        'year' as frequency,
        last_month,
        1 as first_month
    from months
    where last_month = 12
    union all
    select
        'once' as frequency,
        last_month,
        1 as first_month
    from months
    where last_month = 12
),

-- The due month, counted in months since the year 0.
periods as (
    select
        obligations.*,
        years.period_year,
        frequencies.first_month,
        frequencies.last_month,
        make_date(years.period_year, frequencies.first_month, 1) as period_start,
        last_day(make_date(years.period_year, frequencies.last_month, 1)) as period_end,
        case
            when obligations.due_month is not null then years.period_year * 12 + obligations.due_month - 1
            else years.period_year * 12 + frequencies.last_month - 1 + obligations.due_offset_months
        end as months_to_due
    from obligations
    inner join frequencies on obligations.frequency = frequencies.frequency
    cross join years
),

due_months as (
    select
        *,
        make_date(cast(floor(months_to_due / 12) as integer), cast(months_to_due % 12 + 1 as integer), 1) as due_month_on
    from periods
),

worded as (
    select
        *,
        due_month_on
        + cast(least(due_day, extract(day from last_day(due_month_on))) as integer)
        - case when is_exclusive then 2 else 1 end as last_day_on
    from due_months
),

in_force as (
    select * from worded
    where last_day_on >= valid_from and last_day_on <= coalesce(valid_to, date '9999-12-31')
    qualify
        frequency <> 'once'
        or row_number() over (partition by obligation_code, department_code, valid_from order by last_day_on) = 1
),

movable as (
    select distinct
        last_day_on,
        on_holiday
    from in_force
    where on_holiday <> 'keep'
),

-- The days a date may move to, as far as it may move; those of a weekend are off unless worked in exchange.
ways as (
    select
        movable.last_day_on,
        movable.on_holiday,
        days.distance,
        case
            when movable.on_holiday = 'previous_working_day' then movable.last_day_on - days.distance
            else movable.last_day_on + days.distance
        end as candidate_on
    from movable
    cross join days
),

moved as (
    select
        ways.last_day_on,
        ways.on_holiday,
        min_by(ways.candidate_on, ways.distance) as due_on
    from ways
    left join holidays on ways.candidate_on = holidays.holiday_on
    where
        coalesce(
            holidays.is_working_day,
            ways.candidate_on < cast(date_trunc('week', ways.candidate_on) as date) + 5
        )
    group by ways.last_day_on, ways.on_holiday
),

dated as (
    select
        in_force.*,
        coalesce(moved.due_on, in_force.last_day_on) as due_on
    from in_force
    left join moved on in_force.last_day_on = moved.last_day_on and in_force.on_holiday = moved.on_holiday
),

told as (
    select
        dated.*,
        instant.as_of_on,
        dated.due_on < instant.as_of_on as is_past
    from dated
    cross join instant
)

select
    obligation_code,
    name_vi as obligation_name_vi,
    department_code,
    frequency as period_kind,
    {{ vi_period('frequency', 'first_month', 'last_month', 'period_year') }} as period_text,
    case when frequency = 'once' then valid_from else period_start end as period_start,
    case when frequency = 'once' then last_day_on else period_end end as period_end,
    due_on,
    is_past,
    form_code,
    recipient_role,
    recipient_department_code,
    legal_basis
from told
-- Of what has not fallen due the next alone.
qualify is_past or row_number() over (partition by obligation_code, department_code, is_past order by due_on) = 1
