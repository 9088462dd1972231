-- One row per target, evaluation year and territory view: the one verdict by the order of precedence, and its sentence.
with target_years as (
    select * from {{ ref('int_target_years__due') }}
),

targets as (
    select * from {{ ref('targets') }}
),

plans as (
    select * from {{ ref('plans') }}
),

judged as (
    select * from {{ ref('int_targets__judged') }}
),

placed as (
    select * from {{ ref('int_target_years__placed') }}
),

yearly_values as (
    select * from {{ ref('int_target_values__yearly') }}
),

rebuilt as (
    select * from {{ ref('int_series__rebuilt') }}
    where value_in_indicator_unit is null
),

breaks as (
    select * from {{ ref('int_admin_units__breaks') }}
),

instant as (
    select * from {{ ref('int_as_of__instant') }}
),

gathered as (
    select
        target_years.*,
        placed.kind,
        targets.basis_note,
        targets.basis_ends_on,
        placed.period_start,
        plans.title_vi as plan_title_vi,
        plans.superseded_on,
        successors.title_vi as successor_title_vi,
        instant.as_of_on,
        placed.kind = 'milestone' as is_milestone,
        case when placed.kind = 'milestone' then placed.is_confirmed else yearly_values.target_code is not null end as is_observed,
        placed.kind <> 'milestone' and coalesce(yearly_values.is_conflicting, false) as is_conflicting,
        yearly_values.conflict_vi,
        yearly_values.observed_value,
        judged.target_code is not null as has_method,
        judged.verdict_code as data_verdict_code,
        judged.insufficient_vi,
        judged.finding_vi,
        judged.need_vi,
        case when not target_years.is_not_due then placed.breached_years end as breached_so_far,
        rebuilt.not_rebuilt_vi,
        case
            when placed.evaluation_year = breaks.began_year then breaks.break_vi
            when
                coalesce(placed.t0, placed.period_start) < breaks.began_year
                and placed.evaluation_year > breaks.began_year
                then breaks.break_vi
        end as break_vi,
        concat(
            case
                when placed.y_rebuilt_vi is null then ''
                else concat(' Số liệu năm ', cast(placed.evaluation_year as varchar), ' ', placed.y_rebuilt_vi, '.')
            end,
            case
                when placed.y0_rebuilt_vi is null or placed.y0 is null or placed.t0 = placed.evaluation_year then ''
                else concat(' Số liệu năm gốc ', cast(placed.t0 as varchar), ' ', placed.y0_rebuilt_vi, '.')
            end,
            case
                when
                    placed.kind in ('average_growth', 'cumulative', 'every_year')
                    and placed.rebuilt_years_vi <> cast(placed.evaluation_year as varchar)
                    then concat(' Các năm tính từ số liệu của đơn vị cũ: ', placed.rebuilt_years_vi, '.')
                else ''
            end
        ) as rebuilt_note_vi
    from target_years
    inner join targets on target_years.target_code = targets.target_code
    inner join plans on targets.plan_code = plans.plan_code
    inner join placed
        on
            target_years.territory_view = placed.territory_view
            and target_years.target_code = placed.target_code
            and target_years.evaluation_year = placed.evaluation_year
    cross join instant
    left join plans as successors on plans.superseded_by = successors.plan_code
    left join breaks on targets.admin_unit_code = breaks.admin_unit_code
    left join yearly_values
        on
            target_years.territory_view = yearly_values.territory_view
            and target_years.target_code = yearly_values.target_code
            and target_years.evaluation_year = yearly_values.observed_year
    left join rebuilt
        on
            target_years.territory_view = 'current_boundaries'
            and placed.indicator_code = rebuilt.indicator_code
            and placed.method_version = rebuilt.method_version
            and placed.admin_unit_code = rebuilt.admin_unit_code
            and target_years.evaluation_year = rebuilt.observed_year
    left join judged
        on
            target_years.territory_view = judged.territory_view
            and target_years.target_code = judged.target_code
            and target_years.evaluation_year = judged.evaluation_year
),

decided as (
    select
        *,
        case
            when is_not_due then 'not_due'
            when is_basis_ceased then 'basis_ceased'
            when is_superseded then 'superseded'
            when is_conflicting then 'conflicting_data'
            when not is_observed then 'no_data'
            when not has_method or data_verdict_code is null then 'insufficient_data'
            else data_verdict_code
        end as verdict_code
    from gathered
)

select
    territory_view,
    target_code,
    evaluation_year,
    verdict_code,
    data_verdict_code,
    case when verdict_code not in ('not_due', 'basis_ceased', 'superseded', 'no_data') then break_vi end as break_vi,
    case
        when kind = 'every_year' and verdict_code not in ('not_due', 'basis_ceased', 'superseded') then breached_so_far
    end as breached_years,
    case verdict_code
        when 'not_due'
            then concat(
                'Thời kỳ đánh giá bắt đầu từ năm ', cast(period_start as varchar), '; đến ngày ', {{ vi_date('as_of_on') }},
                ' chưa đến hạn đánh giá.'
            )
        when 'basis_ceased'
            then concat(
                'Không còn căn cứ đánh giá sau ngày ', {{ vi_date('basis_ends_on') }}, '.',
                case when basis_note is null then '' else concat(' ', basis_note) end
            )
        when 'superseded'
            then concat(
                '“', plan_title_vi, '” đã được thay thế từ ngày ', {{ vi_date('superseded_on') }},
                case
                    when successor_title_vi is null then '.' else concat(' bởi “', successor_title_vi, '”.')
                end
            )
        when 'conflicting_data'
            then concat(
                'Các nguồn ngang hàng công bố số liệu năm ', cast(evaluation_year as varchar), ' khác nhau: ', conflict_vi,
                '. Chưa chọn số nào; cần cơ quan có thẩm quyền xác định.'
            )
        when 'no_data'
            then case
                when kind = 'milestone'
                    then concat('Chưa có xác nhận của người có trách nhiệm cho năm ', cast(evaluation_year as varchar), '.')
                else concat(
                    'Chưa có số liệu cả năm ', cast(evaluation_year as varchar), ' được công bố và duyệt cho chỉ tiêu này',
                    case when not_rebuilt_vi is null then '.' else concat('; ', not_rebuilt_vi, '.') end
                )
            end
        when 'insufficient_data'
            then case
                when not has_method then 'Chưa đánh giá được: phương pháp chưa áp dụng cho loại mục tiêu này.'
                when observed_value is null
                    then 'Đơn vị tính của số liệu không quy đổi được sang đơn vị tính của mục tiêu.'
                else concat(insufficient_vi, rebuilt_note_vi, case when break_vi is null then '' else concat(' ', break_vi) end)
            end
        else concat(finding_vi, rebuilt_note_vi, need_vi, case when break_vi is null then '' else concat(' ', break_vi) end)
    end as reason_vi
from decided
