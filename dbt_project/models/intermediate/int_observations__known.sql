-- One row per landed cell of a countable submission, in its published unit and in the indicator's own unit.
with landed_rows as (
    select * from {{ ref('stg_landing__rows') }}
),

submissions as (
    select * from {{ ref('int_submissions__known') }}
    where is_countable
),

indicators as (
    select * from {{ ref('indicators') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

authorities as (
    select * from {{ ref('source_authorities') }}
),

joined as (
    select
        landed_rows.*,
        md5(concat_ws(
            '|', landed_rows.indicator_code, landed_rows.admin_unit_code, landed_rows.method_version,
            landed_rows.period_kind, cast(landed_rows.period_start as varchar), cast(landed_rows.period_end as varchar)
        )) as series_key,
        submissions.department_code,
        submissions.received_at,
        submissions.received_sequence,
        statuses.status_rank,
        statuses.is_actual,
        authorities.authority_rank,
        case
            when landed_rows.unit_of_measure = indicators.unit_of_measure then 1.0
            when own_unit.dimension = indicator_unit.dimension then own_unit.factor / indicator_unit.factor
        end as factor_to_indicator_unit
    from landed_rows
    inner join submissions on landed_rows.submission_id = submissions.submission_id
    inner join indicators on landed_rows.indicator_code = indicators.indicator_code
    inner join units as own_unit on landed_rows.unit_of_measure = own_unit.unit_of_measure
    inner join units as indicator_unit on indicators.unit_of_measure = indicator_unit.unit_of_measure
    inner join statuses on landed_rows.status_code = statuses.status_code
    inner join authorities on landed_rows.source_authority_code = authorities.source_authority_code
),

-- A later submission replaces an earlier one row by row: same department, series, source and publication date.
-- A plan and a result of one table are two statements; neither replaces the other.
replaced as (
    select
        *,
        row_number() over (
            partition by department_code, series_key, source, published_on, is_actual
            order by received_at desc, received_sequence desc
        ) > 1 as is_replaced
    from joined
)

select
    *,
    {{ to_12_digits('value * factor_to_indicator_unit') }} as value_in_indicator_unit,
    power(10.0, -coalesce(value_decimals, 0)) * factor_to_indicator_unit as last_printed_digit
from replaced
