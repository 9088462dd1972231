-- One row per submission received by the as-of: what became of it, which earlier one it follows, what it replaced.
with submissions as (
    select * from {{ ref('int_submissions__known') }}
),

landed_rows as (
    select * from {{ ref('stg_landing__rows') }}
),

observations as (
    select * from {{ ref('int_observations__known') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

-- A figure is what a later submission replaces row by row: series, source and publication of one department's form;
-- a plan and a result are two.
figures as (
    select distinct
        submissions.submission_id,
        submissions.received_at,
        submissions.received_sequence,
        md5(concat_ws(
            '|', submissions.department_code, submissions.form_code, landed_rows.indicator_code,
            landed_rows.admin_unit_code, landed_rows.method_version, landed_rows.period_kind,
            cast(landed_rows.period_start as varchar), cast(landed_rows.period_end as varchar), landed_rows.source,
            cast(landed_rows.published_on as varchar), cast(statuses.is_actual as varchar)
        )) as figure_key
    from landed_rows
    inner join submissions on landed_rows.submission_id = submissions.submission_id
    inner join statuses on landed_rows.status_code = statuses.status_code
    where submissions.is_accepted
),

told as (
    select
        submission_id,
        row_number() over (partition by figure_key order by received_at, received_sequence) as times_told,
        lag(submission_id) over (partition by figure_key order by received_at, received_sequence) as told_before_by
    from figures
),

told_after as (
    select
        told.submission_id,
        told.times_told,
        told.told_before_by,
        row_number() over (
            partition by told.submission_id
            order by earlier.received_at desc nulls last, earlier.received_sequence desc nulls last
        ) as nearness
    from told
    left join submissions as earlier on told.told_before_by = earlier.submission_id
),

versions as (
    select
        submission_id,
        cast(max(times_told) as integer) as version,
        max(case when nearness = 1 then told_before_by end) as follows_submission_id
    from told_after
    group by submission_id
),

replaced as (
    select
        submission_id,
        cast(count(*) as integer) as rows_superseded
    from observations
    where is_replaced
    group by submission_id
)

select
    submissions.submission_id,
    submissions.department_code,
    submissions.form_code,
    submissions.form_version,
    versions.version,
    versions.follows_submission_id,
    submissions.file_name,
    submissions.sha256,
    submissions.state,
    submissions.received_at,
    submissions.answered_at,
    submissions.decided_at,
    submissions.submitted_by,
    submissions.justified_by,
    submissions.approved_by,
    submissions.decided_by,
    submissions.channel,
    submissions.is_backdated,
    submissions.requires_approval,
    submissions.is_countable,
    submissions.periods,
    coalesce(submissions.rows_read, 0) as rows_read,
    coalesce(submissions.rows_accepted, 0) as rows_accepted,
    coalesce(submissions.cells_refused, 0) as cells_refused,
    coalesce(submissions.warnings, 0) as warnings,
    coalesce(replaced.rows_superseded, 0) as rows_superseded,
    submissions.reason
from submissions
left join versions on submissions.submission_id = versions.submission_id
left join replaced on submissions.submission_id = replaced.submission_id
