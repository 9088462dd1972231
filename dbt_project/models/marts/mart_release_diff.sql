-- One row per release, territory view, target and evaluation year that a release told otherwise than the one before it:
-- the verdicts before and after, and why. A release is a published build; the last one is this build itself.
with statements as (
    select * from {{ ref('int_statements__in_order') }}
),

verdicts as (
    select * from {{ ref('verdicts') }}
),

targets as (
    select * from {{ ref('targets') }}
),

releases as (
    select
        release_number,
        max(as_of_at) as as_of_at,
        bool_or(is_own) as is_current_release
    from statements
    group by release_number
),

answers as (
    select
        release_number,
        territory_view,
        target_code,
        evaluation_year,
        max(verdict_code) as verdict_code,
        max(actual_value) as actual_value,
        max(target_definition) as target_definition,
        max(territory_definition) as territory_definition
    from statements
    group by release_number, territory_view, target_code, evaluation_year
),

figures as (
    select
        release_number,
        territory_view,
        target_code,
        evaluation_year,
        input_year,
        figures_text
    from statements
    where input_year is not null
),

-- What each release looked at, year by year, beside what the next one did.
yearly_changes as (
    select
        coalesce(after.release_number, before.release_number + 1) as release_number,
        coalesce(after.territory_view, before.territory_view) as territory_view,
        coalesce(after.target_code, before.target_code) as target_code,
        coalesce(after.evaluation_year, before.evaluation_year) as evaluation_year,
        coalesce(after.input_year, before.input_year) as input_year,
        before.figures_text as figures_before,
        after.figures_text as figures_after,
        concat(
            'năm ', cast(coalesce(after.input_year, before.input_year) as varchar), ': ',
            coalesce(before.figures_text, 'chưa có'), ' → ', coalesce(after.figures_text, 'không còn')
        ) as change_vi
    from figures as after
    full outer join figures as before
        on
            after.release_number = before.release_number + 1
            and after.territory_view = before.territory_view
            and after.target_code = before.target_code
            and after.evaluation_year = before.evaluation_year
            and after.input_year = before.input_year
    where after.figures_text is distinct from before.figures_text
),

-- A year without a verdict from figures looked at none: only the judged year's own figure is known to have come or gone.
figure_changes as (
    select
        release_number,
        territory_view,
        target_code,
        evaluation_year,
        bool_or(figures_before is null) as has_new_figures,
        bool_or(figures_after is null or figures_before <> figures_after) as has_corrected_figures,
        string_agg(change_vi, '; ' order by input_year) as figures_vi,
        string_agg(case when input_year = evaluation_year then change_vi end, '; ') as own_figure_vi
    from yearly_changes
    group by release_number, territory_view, target_code, evaluation_year
),

-- Which targets a release knew, and in which views it held them.
known as (
    select distinct
        release_number,
        territory_view,
        target_code
    from answers
),

known_in_release as (
    select distinct
        release_number,
        target_code,
        true as is_known
    from known
),

paired as (
    select
        coalesce(after.release_number, before.release_number + 1) as release_number,
        coalesce(after.territory_view, before.territory_view) as territory_view,
        coalesce(after.target_code, before.target_code) as target_code,
        coalesce(after.evaluation_year, before.evaluation_year) as evaluation_year,
        before.verdict_code as verdict_before,
        after.verdict_code as verdict_after,
        before.actual_value as actual_before,
        after.actual_value as actual_after,
        before.target_definition as definition_before,
        after.target_definition as definition_after,
        before.territory_definition as territory_before,
        after.territory_definition as territory_after
    from answers as after
    full outer join answers as before
        on
            after.release_number = before.release_number + 1
            and after.territory_view = before.territory_view
            and after.target_code = before.target_code
            and after.evaluation_year = before.evaluation_year
    where after.verdict_code is distinct from before.verdict_code or after.actual_value is distinct from before.actual_value
),

explained as (
    select
        paired.*,
        releases.as_of_at,
        earlier_releases.as_of_at as as_of_before_at,
        releases.is_current_release,
        case
            when
                coalesce(paired.verdict_before, 'no_data') in ('no_data', 'not_due', 'basis_ceased', 'superseded')
                or coalesce(paired.verdict_after, 'no_data') in ('no_data', 'not_due', 'basis_ceased', 'superseded')
                then coalesce(figure_changes.own_figure_vi, figure_changes.figures_vi)
            else figure_changes.figures_vi
        end as figures_vi,
        case
            when not coalesce(before_release.is_known, false) or not coalesce(after_release.is_known, false) then 'target_changed'
            when paired.definition_before <> paired.definition_after then 'target_changed'
            when before_view.target_code is null or after_view.target_code is null then 'boundary'
            when paired.territory_before <> paired.territory_after then 'boundary'
            when paired.verdict_after = 'conflicting_data' then 'new_data'
            when paired.verdict_before in ('no_data', 'insufficient_data') and figure_changes.has_new_figures then 'new_data'
            when figure_changes.has_corrected_figures then 'correction'
            when figure_changes.has_new_figures then 'new_data'
            when paired.verdict_before is null or paired.verdict_before = 'not_due' then 'new_year'
            else 'method'
        end as cause
    from paired
    inner join releases on paired.release_number = releases.release_number
    inner join releases as earlier_releases on paired.release_number = earlier_releases.release_number + 1
    left join known_in_release as before_release
        on paired.release_number = before_release.release_number + 1 and paired.target_code = before_release.target_code
    left join known_in_release as after_release
        on paired.release_number = after_release.release_number and paired.target_code = after_release.target_code
    left join known as before_view
        on
            paired.release_number = before_view.release_number + 1
            and paired.territory_view = before_view.territory_view
            and paired.target_code = before_view.target_code
    left join known as after_view
        on
            paired.release_number = after_view.release_number
            and paired.territory_view = after_view.territory_view
            and paired.target_code = after_view.target_code
    left join figure_changes
        on
            paired.release_number = figure_changes.release_number
            and paired.territory_view = figure_changes.territory_view
            and paired.target_code = figure_changes.target_code
            and paired.evaluation_year = figure_changes.evaluation_year
)

select
    explained.release_number,
    explained.as_of_before_at,
    explained.as_of_at,
    explained.is_current_release,
    explained.territory_view,
    explained.target_code,
    targets.name_vi as target_name_vi,
    explained.evaluation_year,
    explained.verdict_before,
    verdicts_before.verdict_name_vi as verdict_before_name_vi,
    explained.verdict_after,
    verdicts_after.verdict_name_vi as verdict_after_name_vi,
    coalesce(explained.verdict_before, '') <> coalesce(explained.verdict_after, '') as is_verdict_changed,
    explained.actual_before,
    explained.actual_after,
    explained.cause,
    case explained.cause
        when 'target_changed' then 'Mục tiêu, văn bản hoặc hiệu lực của văn bản đã thay đổi.'
        when 'boundary' then 'Địa giới hành chính hoặc tỷ lệ phân chia giữa các đơn vị đã thay đổi.'
        when 'correction' then concat('Số liệu đã công bố được điều chỉnh hoặc rút lại: ', explained.figures_vi, '.')
        when 'new_data' then concat('Có số liệu mới: ', coalesce(explained.figures_vi, 'xem các nguồn'), '.')
        when 'new_year' then concat('Bắt đầu đánh giá năm ', cast(explained.evaluation_year as varchar), '.')
        else 'Cách tính hoặc giá trị chính sách (dung sai, ngưỡng) đã thay đổi; số liệu và mục tiêu không đổi.'
    end as cause_vi
from explained
left join targets on explained.target_code = targets.target_code
left join verdicts as verdicts_before on explained.verdict_before = verdicts_before.verdict_code
left join verdicts as verdicts_after on explained.verdict_after = verdicts_after.verdict_code
