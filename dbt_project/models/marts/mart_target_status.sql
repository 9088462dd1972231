-- One row per target, evaluation year and territory view: where the target stands, with its arithmetic.
with verdicts_decided as (
    select * from {{ ref('int_target_verdicts__decided') }}
),

judged as (
    select * from {{ ref('int_targets__judged') }}
),

targets as (
    select * from {{ ref('targets') }}
),

bounds as (
    select * from {{ ref('int_targets__bounds') }}
),

plans as (
    select * from {{ ref('plans') }}
),

sectors as (
    select * from {{ ref('sectors') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

admin_units as (
    select * from {{ ref('admin_units') }}
),

departments as (
    select * from {{ ref('departments') }}
),

units as (
    select * from {{ ref('units_of_measure') }}
),

verdicts as (
    select * from {{ ref('verdicts') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
),

trends as (
    select * from {{ ref('int_target_trends__yearly') }}
),

policies as (
    select * from {{ ref('int_policies__pivoted') }}
),

-- What rests on data is shown only where data decided: a ceased, replaced or disputed year keeps no figure of its own.
gathered as (
    select
        verdicts_decided.*,
        verdicts_decided.verdict_code not in ('not_due', 'basis_ceased', 'superseded') as is_judged_year,
        verdicts_decided.verdict_code not in (
            'not_due', 'basis_ceased', 'superseded', 'conflicting_data', 'no_data'
        ) as is_figure_year
    from verdicts_decided
),

newest as (
    select
        target_code,
        territory_view,
        max(evaluation_year) filter (where verdict_code <> 'no_data') as latest_year
    from gathered
    group by target_code, territory_view
)

select
    gathered.territory_view,
    gathered.target_code,
    targets.name_vi as target_name_vi,
    concat(
        targets.name_vi, ' – ', admin_units.label_vi, ' (',
        coalesce(plans.document_number, concat('từ năm ', cast(plans.period_start as varchar))), ')'
    ) as target_label_vi,
    targets.plan_code,
    plans.title_vi as plan_title_vi,
    concat(
        coalesce(plans.document_number, plans.issuer),
        case when plans.issued_on is null then '' else concat(' ngày ', {{ vi_date('plans.issued_on') }}) end
    ) as plan_document_vi,
    targets.sector_code,
    sectors.name_vi as sector_name_vi,
    sectors.sort_order as sector_order,
    targets.indicator_code,
    targets.admin_unit_code,
    admin_units.label_vi as admin_unit_name_vi,
    gathered.evaluation_year,
    targets.kind,
    targets.comparator,
    bounds.target_value,
    bounds.far_bound as target_high,
    {{ vi_target('bounds', 'units.name_vi') }} as target_text_vi,
    targets.unit_of_measure,
    units.name_vi as unit_name_vi,
    targets.wording_vi,
    targets.direction,
    targets.path,
    targets.period_start,
    targets.period_end,
    case when gathered.is_judged_year then judged.baseline_year end as baseline_year,
    case when gathered.is_judged_year then judged.baseline_value end as baseline_value,
    case when gathered.is_figure_year then judged.actual_value end as actual_value,
    case when gathered.is_figure_year then yearly_values.qualifier end as actual_qualifier,
    case when gathered.is_figure_year then yearly_values.status_code end as actual_status,
    case when gathered.is_figure_year then statuses.name_vi end as actual_status_name_vi,
    case when gathered.is_figure_year then yearly_values.published_on end as actual_published_on,
    case when gathered.is_judged_year then judged.path_value end as path_value,
    case when gathered.is_figure_year then {{ to_12_digits('judged.actual_value - judged.path_value') }} end as gap_value,
    case when gathered.is_figure_year then judged.pace end as pace,
    case when gathered.is_figure_year then judged.required_per_year end as required_per_year,
    case when gathered.is_figure_year and judged.required_per_year is not null then judged.required_unit end as required_unit,
    case when gathered.is_figure_year then judged.projected_value end as projected_value,
    case when gathered.is_figure_year then judged.projection_points end as projection_points,
    case
        when not gathered.is_figure_year or judged.projected_value is null or gathered.evaluation_year = targets.period_end then null
        else concat(
            'Nếu giữ nhịp này, đến năm ', cast(targets.period_end as varchar), ' ',
            case targets.kind
                when 'average_growth' then 'bình quân đạt ' when 'annual_change' then 'bình quân mỗi năm đạt '
                when 'cumulative' then 'lũy kế đạt ' else 'đạt '
            end,
            {{ vi_quantity('judged.projected_value', 'units.name_vi') }}, ' (dựa trên ',
            cast(judged.projection_points as varchar), ' năm có số liệu).'
        )
    end as projection_vi,
    case
        when gathered.is_figure_year then coalesce(trends.trend_code, 'unknown')
        else 'unknown'
    end as trend_code,
    case
        when not gathered.is_figure_year then 'Chưa rõ'
        when trends.trend_code = 'improving' then 'Tốt lên'
        when trends.trend_code = 'stable' then 'Ổn định'
        when trends.trend_code = 'worsening' then 'Xấu đi'
        else 'Chưa rõ'
    end as trend_name_vi,
    gathered.breached_years,
    gathered.break_vi,
    gathered.break_vi is not null as is_break,
    gathered.verdict_code,
    verdicts.verdict_name_vi,
    verdicts.verdict_order,
    verdicts.tone as verdict_tone,
    verdicts.sign as verdict_sign,
    verdicts.colour_hex as verdict_colour,
    gathered.reason_vi,
    concat(
        case
            when gathered.is_figure_year and judged.pace is not null
                then concat(
                    'Đúng lộ trình từ nhịp độ ', {{ vi_number('policies.on_track_from') }}, '; cần đẩy nhanh từ ',
                    {{ vi_number('policies.needs_acceleration_from') }}, '; chậm lộ trình từ ',
                    {{ vi_number('policies.off_track_from') }}, '. '
                )
            else ''
        end,
        case
            when gathered.is_figure_year and bounds.tolerance is not null
                then concat('Dung sai quanh mục tiêu “khoảng”: ±', {{ vi_number('bounds.tolerance', 4) }}, '. ')
            else ''
        end,
        case
            when gathered.evaluation_year = targets.period_end and gathered.verdict_code in ('exceeded', 'achieved')
                then concat('Gọi là vượt khi hơn mục tiêu từ ', {{ vi_number('bounds.exceeded_margin') }}, '%. ')
            else ''
        end,
        case
            when gathered.verdict_code = 'conflicting_data'
                then concat(
                    'Coi là mâu thuẫn khi hai nguồn ngang hàng công bố cách nhau không quá ',
                    {{ vi_number('policies.conflict_window', 0) }}, ' ngày và lệch quá ', {{ vi_number('policies.rounding') }},
                    ' đơn vị của chữ số cuối. '
                )
            else ''
        end,
        case
            when gathered.is_figure_year and coalesce(trends.trend_code, 'unknown') <> 'unknown'
                then concat('Ổn định khi thay đổi không quá ', {{ vi_number('policies.trend_stable_band') }}, '% so với năm trước. ')
            else ''
        end
    ) as policies_vi,
    coalesce(gathered.evaluation_year = newest.latest_year, false) as is_latest,
    indicators.responsible_department_code,
    departments.name_vi as responsible_department_name_vi
from gathered
inner join targets on gathered.target_code = targets.target_code
inner join bounds on gathered.target_code = bounds.target_code
inner join plans on targets.plan_code = plans.plan_code
inner join sectors on targets.sector_code = sectors.sector_code
inner join indicators on targets.indicator_code = indicators.indicator_code
inner join admin_units on targets.admin_unit_code = admin_units.admin_unit_code
inner join verdicts on gathered.verdict_code = verdicts.verdict_code
cross join policies
left join departments on indicators.responsible_department_code = departments.department_code
left join units on targets.unit_of_measure = units.unit_of_measure
left join judged
    on
        gathered.territory_view = judged.territory_view
        and gathered.target_code = judged.target_code
        and gathered.evaluation_year = judged.evaluation_year
left join yearly_values
    on
        gathered.territory_view = yearly_values.territory_view
        and gathered.target_code = yearly_values.target_code
        and gathered.evaluation_year = yearly_values.observed_year
left join statuses on yearly_values.status_code = statuses.status_code
left join trends
    on
        gathered.territory_view = trends.territory_view
        and gathered.target_code = trends.target_code
        and gathered.evaluation_year = trends.observed_year
left join newest
    on gathered.target_code = newest.target_code and gathered.territory_view = newest.territory_view
