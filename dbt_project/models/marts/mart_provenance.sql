-- One row per published figure: the submission, file, sheet and cell it was read from, who handed it in, explained it, approved it.
with observations as (
    select * from {{ ref('int_observations__known') }}
),

submissions as (
    select * from {{ ref('int_submissions__known') }}
)

select
    observations.observation_key,
    observations.submission_id,
    submissions.file_name,
    submissions.sha256,
    observations.sheet,
    observations.cell,
    observations.raw_text,
    submissions.submitted_by,
    submissions.received_at as submitted_at,
    submissions.justified_by,
    submissions.justified_at,
    submissions.requires_approval,
    submissions.approved_by,
    submissions.approved_at,
    submissions.department_code
from observations
inner join submissions on observations.submission_id = submissions.submission_id
