-- One row per target, evaluation year, territory view and method: what went into the formula, the formula, what came out.
-- Beside the house's own method stand two published ones; where one does not apply, the row says why.
with status as (
    select * from {{ ref('mart_target_status') }}
    where verdict_code not in ('not_due', 'basis_ceased', 'superseded', 'conflicting_data', 'no_data')
),

judged as (
    select * from {{ ref('int_targets__judged') }}
),

measurable as (
    select * from {{ ref('int_targets__measurable') }}
),

published as (
    select * from {{ ref('int_progress__published') }}
),

methods as (
    select 'open_sdg' as method
    union all
    select 'eurostat' as method
),

own as (
    select
        status.territory_view,
        status.target_code,
        status.evaluation_year,
        'cot_moc' as method,
        coalesce(judged.formula_name, status.kind) as formula_name,
        coalesce(judged.formula_text, status.reason_vi) as formula_text,
        coalesce(judged.inputs, '{}') as inputs,
        judged.pace as progress_value,
        cast(null as double) as score,
        status.verdict_code as status
    from status
    left join judged
        on
            status.territory_view = judged.territory_view
            and status.target_code = judged.target_code
            and status.evaluation_year = judged.evaluation_year
),

beside as (
    select
        status.territory_view,
        status.target_code,
        status.evaluation_year,
        methods.method,
        methods.method as formula_name,
        case
            when measurable.not_measured_vi is not null then measurable.not_measured_vi
            when published.status = 'not_available' and measurable.base_value is null
                then 'Không tính được: chưa có số liệu năm gốc.'
            when published.status = 'not_available'
                then 'Không tính được: phải có ít nhất một năm từ năm gốc, và mục tiêu phải khác giá trị gốc, cùng dấu.'
            else concat(
                'tốc độ tăng bình quân thực tế = (', {{ vi_number('measurable.current_value', 4) }}, ' / ',
                {{ vi_number('measurable.base_value', 4) }}, ')^(1/',
                cast(measurable.current_year - measurable.base_year as varchar), ') − 1 = ',
                {{ vi_number('measurable.actual_growth', 4) }},
                '%; tốc độ cần để đạt mục tiêu = (', {{ vi_number('measurable.target', 4) }}, ' / ',
                {{ vi_number('measurable.base_value', 4) }}, ')^(1/',
                cast(measurable.target_year - measurable.base_year as varchar), ') − 1 = ',
                {{ vi_number('measurable.needed_growth', 4) }},
                '%; tỷ số theo chiều tốt = ', coalesce({{ vi_number('published.progress_value', 3) }}, 'không tính được'),
                '; điểm ', coalesce({{ vi_number('published.score', 2) }}, 'không có'), ' trên thang −5 đến 5'
            )
        end as formula_text,
        {{ json_inputs([
            'measurable.base_value', 'measurable.base_year', 'measurable.current_value', 'measurable.current_year',
            'measurable.direction', 'measurable.target', 'measurable.target_year'
        ]) }} as inputs,
        {{ to_12_digits('published.progress_value') }} as progress_value,
        {{ to_12_digits('published.score') }} as score,
        coalesce(published.status, 'not_applicable') as status
    from status
    cross join methods
    inner join measurable
        on
            status.territory_view = measurable.territory_view
            and status.target_code = measurable.target_code
            and status.evaluation_year = measurable.evaluation_year
    left join published
        on
            methods.method = published.method
            and status.territory_view = published.territory_view
            and status.target_code = published.target_code
            and status.evaluation_year = published.evaluation_year
)

select * from own
union all
select * from beside
