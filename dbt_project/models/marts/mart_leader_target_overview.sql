-- One row per target and year label: each judged year under its own number, and once more under "Gần nhất" the newest
-- year judged on a figure (else the newest year of all), so that a dashboard filter on one column shows each target once.
with status as (
    select * from {{ ref('mart_target_status') }}
    where territory_view = 'as_reported'
),

ranked as (
    select
        target_code,
        evaluation_year,
        row_number() over (
            partition by target_code
            order by
                case
                    when verdict_code = 'no_data' then 2
                    when verdict_code in ('not_due', 'basis_ceased', 'superseded') then 1
                    else 0
                end,
                evaluation_year desc
        ) as newness
    from status
),

labels as (
    select
        cast(evaluation_year as varchar) as year_label,
        target_code,
        evaluation_year
    from ranked
    union all
    select
        'Gần nhất' as year_label,
        target_code,
        evaluation_year
    from ranked
    where newness = 1
)

select
    labels.year_label,
    status.*,
    concat(status.verdict_sign, ' ', status.verdict_name_vi) as verdict_label_vi
from labels
inner join status
    on labels.target_code = status.target_code and labels.evaluation_year = status.evaluation_year
