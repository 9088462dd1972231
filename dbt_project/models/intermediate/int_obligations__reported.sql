-- One row per obligation that comes in by forms, department, period and submission that speaks of the period, by whatever
-- form: handed in by the department, by one that it followed or by one that followed it.
with due as (
    select * from {{ ref('int_obligations__due') }}
    where form_code is not null
),

successions as (
    select * from {{ ref('int_departments__successions') }}
),

submissions as (
    select * from {{ ref('int_submissions__known') }}
),

landed_rows as (
    select * from {{ ref('stg_landing__rows') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

lines as (
    select
        department_code,
        follower_code as other_code
    from successions
    union
    select
        follower_code as department_code,
        department_code as other_code
    from successions
),

-- A planned figure reports no result.
results as (
    select distinct
        landed_rows.submission_id,
        landed_rows.period_kind,
        landed_rows.period_start,
        landed_rows.period_end
    from landed_rows
    inner join statuses on landed_rows.status_code = statuses.status_code
    where statuses.is_actual
)

select
    due.obligation_code,
    due.department_code,
    due.period_kind,
    due.period_start,
    due.period_end,
    submissions.submission_id,
    submissions.received_at,
    submissions.received_sequence,
    coalesce(submissions.is_accepted, false) and results.submission_id is not null as is_report,
    submissions.is_taken_back,
    coalesce(submissions.cells_refused, 0) as cells_refused
from due
inner join lines on due.department_code = lines.department_code
inner join submissions
    on
        lines.other_code = submissions.department_code
        and concat('; ', submissions.periods, '; ') like concat('%; ', due.period_text, '; %')
left join results
    on
        submissions.submission_id = results.submission_id
        and due.period_kind = results.period_kind
        and due.period_start = results.period_start
        and due.period_end = results.period_end
