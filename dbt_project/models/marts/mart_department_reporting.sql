-- One row per department, obligation and period: due by when, received when, complete or not; all that fell due by the
-- as-of, and of each obligation the next.
with due as (
    select * from {{ ref('int_obligations__due') }}
),

figures as (
    select * from {{ ref('int_obligation_figures__owed') }}
),

reported as (
    select * from {{ ref('int_obligations__reported') }}
),

landed_rows as (
    select * from {{ ref('stg_landing__rows') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

successions as (
    select * from {{ ref('int_departments__successions') }}
),

departments as (
    select * from {{ ref('departments') }}
),

states as (
    select * from {{ ref('reporting_states') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

-- Every time an owed figure was given, the first time and again.
given as (
    select
        figures.obligation_code,
        figures.department_code,
        figures.period_start,
        figures.period_end,
        figures.indicator_code,
        figures.method_version,
        figures.admin_unit_code,
        reported.submission_id,
        reported.is_taken_back,
        min(reported.received_sequence) over (
            partition by
                figures.obligation_code, figures.department_code, figures.period_start, figures.period_end,
                figures.indicator_code, figures.method_version, figures.admin_unit_code
        ) < reported.received_sequence as is_given_again
    from figures
    inner join reported
        on
            figures.obligation_code = reported.obligation_code
            and figures.department_code = reported.department_code
            and figures.period_start = reported.period_start
            and figures.period_end = reported.period_end
    inner join landed_rows
        on
            reported.submission_id = landed_rows.submission_id
            and figures.indicator_code = landed_rows.indicator_code
            and figures.method_version = landed_rows.method_version
            and figures.admin_unit_code = landed_rows.admin_unit_code
            and figures.period_kind = landed_rows.period_kind
            and figures.period_start = landed_rows.period_start
            and figures.period_end = landed_rows.period_end
    inner join statuses on landed_rows.status_code = statuses.status_code
    where reported.is_report and statuses.is_actual
),

expected as (
    select
        obligation_code,
        department_code,
        period_start,
        period_end,
        count(*) as cells_expected
    from figures
    group by obligation_code, department_code, period_start, period_end
),

filled as (
    select
        obligation_code,
        department_code,
        period_start,
        period_end,
        count(distinct concat_ws('|', indicator_code, method_version, admin_unit_code)) filter (
            where not is_taken_back
        ) as cells_filled,
        count(distinct submission_id) filter (where is_given_again) as resubmissions
    from given
    group by obligation_code, department_code, period_start, period_end
),

received as (
    select
        obligation_code,
        department_code,
        period_start,
        period_end,
        min(received_at) filter (where is_report and not is_taken_back) as received_at,
        sum(cells_refused) as cells_refused
    from reported
    group by obligation_code, department_code, period_start, period_end
),

-- Who answers on the day of the as-of: the first of the line that has not ended, or the last one known.
answering as (
    select
        successions.department_code,
        coalesce(
            min_by(successions.follower_code, successions.steps) filter (
                where departments.valid_to is null or departments.valid_to >= instant.as_of_on
            ),
            max_by(successions.follower_code, successions.steps)
        ) as answering_department_code
    from successions
    inner join departments on successions.follower_code = departments.department_code
    cross join instant
    group by successions.department_code
),

joined as (
    select
        due.*,
        answering.answering_department_code,
        instant.as_of_on,
        received.received_at,
        {{ local_date('received.received_at') }} as received_on,
        cast(coalesce(expected.cells_expected, 0) as integer) as cells_expected,
        cast(coalesce(filled.cells_filled, 0) as integer) as cells_filled,
        cast(coalesce(received.cells_refused, 0) as integer) as cells_refused,
        cast(coalesce(filled.resubmissions, 0) as integer) as resubmissions
    from due
    inner join answering on due.department_code = answering.department_code
    cross join instant
    left join received
        on
            due.obligation_code = received.obligation_code
            and due.department_code = received.department_code
            and due.period_start = received.period_start
            and due.period_end = received.period_end
    left join expected
        on
            due.obligation_code = expected.obligation_code
            and due.department_code = expected.department_code
            and due.period_start = expected.period_start
            and due.period_end = expected.period_end
    left join filled
        on
            due.obligation_code = filled.obligation_code
            and due.department_code = filled.department_code
            and due.period_start = filled.period_start
            and due.period_end = filled.period_end
),

-- What has no form here, or owes no figures by it, is reported elsewhere: nothing is known of it.
stated as (
    select
        *,
        case
            when received_on <= due_on then 'on_time'
            when received_on > due_on then 'late'
            when cells_expected = 0 then 'not_tracked'
            when not is_past then 'not_due'
            else 'missing'
        end as state_code
    from joined
)

select
    stated.department_code,
    departments.name_vi as department_name_vi,
    stated.answering_department_code,
    stated.obligation_code,
    stated.obligation_name_vi,
    stated.period_kind,
    stated.period_text,
    stated.period_start,
    stated.period_end,
    stated.form_code,
    stated.recipient_role,
    stated.legal_basis,
    stated.due_on,
    stated.received_at,
    stated.received_on,
    cast(
        case stated.state_code
            when 'late' then {{ dbt.datediff('stated.due_on', 'stated.received_on', 'day') }}
            when 'missing' then {{ dbt.datediff('stated.due_on', 'stated.as_of_on', 'day') }}
            else 0
        end as integer
    ) as days_late,
    stated.received_at is not null and stated.cells_filled >= stated.cells_expected as is_complete,
    stated.cells_expected,
    stated.cells_filled,
    stated.cells_refused,
    stated.resubmissions,
    stated.state_code,
    states.name_vi as state_name_vi
from stated
inner join departments on stated.department_code = departments.department_code
inner join states on stated.state_code = states.state_code
