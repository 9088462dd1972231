-- One row per target, year and line: the promised path to the period's end, the figures that count, and what was
-- published first for the same year.
with status as (
    select * from {{ ref('mart_target_status') }}
    where territory_view = 'as_reported'
),

bounds as (
    select * from {{ ref('int_targets__bounds') }}
    where target_value is not null and kind in ('end_level', 'average_growth', 'cumulative', 'every_year')
),

baselines as (
    select * from {{ ref('int_target_baselines__chosen') }}
    where territory_view = 'as_reported' and not is_conflicting
),

observations as (
    select * from {{ ref('int_observations__ranked') }}
    where period_kind = 'year' and is_actual and value is not null
),

ancestors as (
    select * from {{ ref('int_admin_units__ancestors') }}
    where steps > 0
),

labels as (
    select distinct
        target_code,
        target_name_vi,
        target_label_vi,
        plan_code,
        plan_title_vi,
        sector_code,
        sector_name_vi,
        unit_name_vi,
        responsible_department_code
    from status
),

path_years as (
    select
        bounds.*,
        cast(years.year as integer) as year,
        baselines.chosen_year as t0,
        baselines.chosen_value as y0
    from bounds
    left join baselines on bounds.target_code = baselines.target_code
    inner join range(1950, 2151) as years (year)
        on years.year between least(coalesce(baselines.chosen_year, bounds.period_start), bounds.period_start) and bounds.period_end
),

paths as (
    select
        target_code,
        year,
        'path' as line_code,
        {{ to_12_digits(
            "case kind when 'end_level' then case when year = period_end then target_value when year >= t0 then "
            ~ path_at('path', 'y0', 'target_value', '(year - t0)', '(period_end - t0)')
            ~ " end when 'cumulative' then target_value * (year - period_start + 1) / (period_end - period_start + 1)"
            ~ " else target_value end"
        ) }} as value,
        cast(null as date) as published_on
    from path_years
),

-- Each vintage of a full-year figure of the target's own series, in the target's unit.
published as (
    select
        bounds.target_code,
        bounds.kind,
        cast(extract(year from observations.period_end) as integer) as year,
        {{ to_12_digits('observations.value_in_indicator_unit * bounds.factor_from_indicator_unit') }} as value,
        observations.published_on,
        observations.is_current,
        observations.published_on = min(observations.published_on) over (
            partition by bounds.target_code, observations.series_key
        ) as is_first_published
    from bounds
    inner join observations
        on
            bounds.indicator_code = observations.indicator_code
            and bounds.admin_unit_code = observations.admin_unit_code
            and bounds.method_version = observations.method_version
),

figures as (
    select
        target_code,
        year,
        'actual' as line_code,
        value,
        published_on
    from published
    where is_current and kind <> 'cumulative'
    union all
    select
        target_code,
        year,
        'first_published' as line_code,
        max(value) as value,
        max(published_on) as published_on
    from published
    where is_first_published and not is_current and kind <> 'cumulative'
    group by target_code, year
    union all
    select
        target_code,
        evaluation_year as year,
        'actual' as line_code,
        actual_value as value,
        actual_published_on as published_on
    from status
    where kind = 'cumulative' and actual_value is not null
),

-- The same indicator of the units this one came from: lines of their own, so that a merger shows as a break, not a fall.
earlier_units as (
    select
        bounds.target_code,
        cast(extract(year from observations.period_end) as integer) as year,
        'before_change' as line_code,
        {{ to_12_digits('observations.value_in_indicator_unit * bounds.factor_from_indicator_unit') }} as value,
        observations.published_on,
        ancestors.ancestor_label_vi as earlier_unit_vi
    from bounds
    inner join ancestors on bounds.admin_unit_code = ancestors.admin_unit_code
    inner join observations
        on
            bounds.indicator_code = observations.indicator_code
            and ancestors.ancestor_code = observations.admin_unit_code
            and bounds.method_version = observations.method_version
    where observations.is_current and bounds.kind <> 'cumulative'
),

lines as (
    select
        *,
        cast(null as varchar) as earlier_unit_vi
    from paths
    union all
    select
        *,
        cast(null as varchar) as earlier_unit_vi
    from figures
    union all
    select * from earlier_units
)

select
    lines.target_code,
    labels.target_name_vi,
    labels.target_label_vi,
    labels.plan_code,
    labels.plan_title_vi,
    labels.sector_code,
    labels.sector_name_vi,
    labels.unit_name_vi,
    labels.responsible_department_code,
    lines.year,
    cast(concat(cast(lines.year as varchar), '-12-31') as date) as on_date,
    lines.line_code,
    case lines.line_code
        when 'path' then 'Lộ trình'
        when 'actual' then 'Thực tế (số mới nhất)'
        when 'before_change' then concat('Trước khi thay đổi địa giới: ', lines.earlier_unit_vi)
        else 'Số công bố lần đầu'
    end as line_name_vi,
    case lines.line_code when 'path' then 1 when 'actual' then 2 when 'first_published' then 3 else 4 end as line_order,
    lines.value,
    lines.published_on,
    status.verdict_code
from lines
inner join labels on lines.target_code = labels.target_code
left join status on lines.target_code = status.target_code and lines.year = status.evaluation_year
where lines.value is not null
