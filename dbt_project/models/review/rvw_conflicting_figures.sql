-- One row per series in conflict: what equal sources say, and which department must decide (evaluation rules, section 2).
with figures as (
    select * from {{ ref('int_observations__ranked') }}
    where is_conflicting
),

indicators as (
    select * from {{ ref('indicators') }}
),

departments as (
    select * from {{ ref('departments') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

-- Each figure in words: the number as published, and where to find it.
worded as (
    select
        figures.*,
        concat(
            {{ vi_qualifier('figures.qualifier') }}, {{ vi_quantity('figures.value', 'units.name_vi', 6) }}
        ) as quantity_vi,
        concat(
            authorities.name_vi, ', trạng thái: ', statuses.name_vi, ', công bố ', figures.published_text,
            ', nguồn ', figures.source,
            ', hồ sơ ', figures.submission_id, ', trang tính “', figures.sheet, '”, ô ', figures.cell
        ) as origin_vi
    from figures
    inner join {{ ref('units_of_measure') }} as units on figures.unit_of_measure = units.unit_of_measure
    inner join {{ ref('statuses') }} as statuses on figures.status_code = statuses.status_code
    inner join {{ ref('source_authorities') }} as authorities
        on figures.source_authority_code = authorities.source_authority_code
),

series as (
    select
        series_key,
        indicator_code,
        admin_unit_code,
        method_version,
        period_kind,
        period_start,
        period_end,
        max_by(period_text, vintage) as period_text,
        cast(count(*) as integer) as figures_count,
        min(value_in_indicator_unit) as lowest_value,
        max(value_in_indicator_unit) as highest_value,
        string_agg(quantity_vi, ' hay ' order by vintage desc) as choices_vi,
        string_agg(concat(quantity_vi, ' (', origin_vi, ')'), '; ' order by vintage desc) as figures_vi
    from worded
    group by series_key, indicator_code, admin_unit_code, method_version, period_kind, period_start, period_end
),

-- A department that has ended no longer decides; its successor does.
addressees as (
    select
        indicators.indicator_code,
        coalesce(
            case when responsible.valid_to < instant.as_of_on then responsible.successor_code end,
            responsible.department_code
        ) as department_code
    from indicators
    inner join departments as responsible on indicators.responsible_department_code = responsible.department_code
    cross join instant
),

named as (
    select
        series.*,
        indicators.name_vi as indicator_name_vi,
        indicators.unit_of_measure,
        admin_units.label_vi as admin_unit_label_vi,
        addressees.department_code as responsible_department_code,
        departments.name_vi as responsible_department_name_vi,
        concat(
            case
                when series.period_kind = 'year'
                    then concat('năm ', cast(extract(year from series.period_end) as varchar))
                else series.period_text
            end,
            case when methods.name_vi is not null then concat(', theo ', methods.name_vi) else '' end
        ) as period_vi
    from series
    inner join indicators on series.indicator_code = indicators.indicator_code
    inner join {{ ref('admin_units') }} as admin_units on series.admin_unit_code = admin_units.admin_unit_code
    left join {{ ref('methods') }} as methods
        on series.indicator_code = methods.indicator_code and series.method_version = methods.method_version
    left join addressees on series.indicator_code = addressees.indicator_code
    left join departments on addressees.department_code = departments.department_code
)

select
    series_key,
    indicator_code,
    indicator_name_vi,
    admin_unit_code,
    admin_unit_label_vi,
    method_version,
    period_kind,
    period_start,
    period_end,
    unit_of_measure,
    figures_count,
    lowest_value,
    highest_value,
    figures_vi,
    concat('Con số nào đúng: ', choices_vi, '?') as decision_vi,
    responsible_department_code,
    responsible_department_name_vi,
    concat(
        'Chỉ tiêu “', indicator_name_vi, '” của ', admin_unit_label_vi, ', ', period_vi, ', có ',
        cast(figures_count as varchar), ' số liệu mâu thuẫn của các nguồn ngang hàng: ', choices_vi,
        '; hệ thống không tự chọn. Đề nghị ', coalesce(responsible_department_name_vi, 'đơn vị phụ trách chỉ tiêu'),
        ' xác định con số đúng, sau đó rút hoặc nộp lại hồ sơ có con số sai, ',
        'hoặc nộp số liệu có trạng thái hay thẩm quyền cao hơn.'
    ) as message_vi
from named
