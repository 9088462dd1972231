{#- Two published methods of measuring progress, shown beside ours: `open_sdg` (Statistics Canada, Open SDG from 2.4 on)
    and `eurostat` (as EUSTAT, the Basque statistics office, runs it). docs/methods.md says them in words.
    This file holds what both share; the bands and scores of each are in the file of its name. -#}

{#- Cases → the same rows with progress_value (double), score (double, -5 to 5) and status (text).
    `cases` is a relation or the name of one; the other arguments are expressions over its columns, by default its columns of
    those names. Values are numbers or null; years are 2015, 2015.0 or '2015-16', direction is 1 or -1 (or a word of
    `direction_sign`). No column of `cases` may be called progress_value, score, status or start with `case_`. -#}
{% macro published_progress(
    method, cases,
    base_value='base_value', base_year='base_year', current_value='current_value', current_year='current_year',
    direction='direction', target='target', target_year='target_year', limit=none
) -%}
{%- if method not in ('open_sdg', 'eurostat') -%}
    {{ exceptions.raise_compiler_error("published_progress: method '" ~ method ~ "' is unknown; it is open_sdg or eurostat") }}
{%- endif -%}
with cases_read as (
    select
        *,
        cast({{ base_value }} as double) as case_y0_given,
        {{ nonzero(base_value) }} as case_y0,
        coalesce({{ to_year(base_year) }}, 2015) as case_t0,
        cast({{ current_value }} as double) as case_y,
        {{ to_year(current_year) }} as case_t,
        {{ direction_sign(direction) }} as case_d,
        {{ nonzero(target) }} as case_target,
        coalesce({{ to_year(target_year) }}, 2030) as case_target_year,
        cast({{ limit or adapter.quote('limit') }} as double) as case_limit
    from {{ cases }}
),

cases_assessed as (
    select
        *,
        {{ is_assessable('case_y0', 'case_t0', 'case_y', 'case_t', 'case_d', 'case_target', 'case_target_year') }} as case_is_assessable,
        coalesce(case case_d when 1 then case_y >= case_target when -1 then case_y <= case_target end, false) as case_is_met,
        {{ limit_coefficient('case_y0_given', 'case_limit') }} as case_c
    from cases_read
),

cases_valued as (
    select
        *,
        case when case_is_assessable then
            {{ progress_value('case_y0', 'case_t0', 'case_y', 'case_t', 'case_d', 'case_target', 'case_target_year') }}
        end as progress_value
    from cases_assessed
)

select
    {{ all_but([
        'case_y0_given', 'case_y0', 'case_t0', 'case_y', 'case_t', 'case_d', 'case_target', 'case_target_year', 'case_limit',
        'case_is_assessable', 'case_is_met', 'case_c',
    ]) }},
    cast(case
        when not case_is_assessable then null
        when case_is_met then 5
        when case_target is not null then {{ open_sdg_score_to_target('progress_value') if method == 'open_sdg' else eurostat_score_to_target('progress_value') }}
        else {{ open_sdg_score('progress_value', 'case_c') if method == 'open_sdg' else eurostat_score('progress_value', 'case_c') }}
    end as double) as score,
    case
        when not case_is_assessable then 'not_available'
        when case_is_met then '{{ "target_achieved" if method == "open_sdg" else "significant_progress" }}'
        when progress_value is null then 'not_available'
        when case_target is not null then {{ open_sdg_status_to_target('progress_value') if method == 'open_sdg' else eurostat_status_to_target('progress_value') }}
        else {{ open_sdg_status('progress_value', 'case_c') if method == 'open_sdg' else eurostat_status('progress_value', 'case_c') }}
    end as status
from cases_valued
{%- endmacro %}

{#- Whether growth between the two years can be computed, and compared with the growth the target asks for. -#}
{% macro is_assessable(y0, t0, y, t, d, target, target_year) -%}
    coalesce(
        {{ t }} - {{ t0 }} >= 1
        and {{ d }} is not null
        and sign({{ y0 }}) * sign({{ y }}) >= 0
        and ({{ target }} is null or (sign({{ y0 }}) * sign({{ target }}) >= 0 and {{ target_year }} > {{ t0 }})),
        false
    )
{%- endmacro %}

{#- Without a target the yearly growth in the good direction; with one, its ratio to the growth the target asks for.
    Null where the target is the base value: it asks for no growth. -#}
{% macro progress_value(y0, t0, y, t, d, target, target_year) -%}
    0.0 + case when {{ y0 }} < 0 then -1 else 1 end * {{ d }} * {{ yearly_growth(y0, y, t ~ ' - ' ~ t0) }}
    / case
        when {{ target }} is null then 1
        when {{ target }} <> {{ y0 }} then nullif(abs({{ yearly_growth(y0, target, target_year ~ ' - ' ~ t0) }}), 0)
    end
{%- endmacro %}

{#- Compound annual growth rate as a fraction; null over no years and between values of opposite sign. -#}
{% macro yearly_growth(from_value, to_value, years) -%}
    (case when {{ to_value }} / {{ from_value }} >= 0 then power({{ to_value }} / {{ from_value }}, 1e0 / nullif({{ years }}, 0)) end - 1)
{%- endmacro %}

{#- C: how much of the thresholds remains as the base value nears a natural limit (100 %, zero deaths). 1 far from it, 0 at it. -#}
{% macro limit_coefficient(y0, limit) -%}
    case
        when {{ limit }} is null or abs({{ y0 }}) >= 2 * abs({{ limit }}) then 1e0
        when abs({{ y0 }}) <= abs({{ limit }}) then 1 - power(abs({{ y0 }} / {{ limit }}), 4.44e0)
        else 1 - power((2 * abs({{ limit }}) - abs({{ y0 }})) / abs({{ limit }}), 4.44e0)
    end
{%- endmacro %}

{#- Zero has no growth rate: a base or target of 0 is read as 0.001. -#}
{% macro nonzero(expression) -%}
    case when {{ expression }} = 0 then 0.001e0 else cast({{ expression }} as double) end
{%- endmacro %}

{#- The first year that a year is written with: 2015, 2015.0, '2015-16' and '2015/16' are 2015. -#}
{% macro to_year(expression) -%}
    cast(substr(trim(cast({{ expression }} as {{ dbt.type_string() }})), 1, 4) as integer)
{%- endmacro %}

{#- 1 where more is better, -1 where less is; null for anything else. -#}
{% macro direction_sign(expression) -%}
    case lower(trim(cast({{ expression }} as {{ dbt.type_string() }})))
        {%- for word in ['1', '+1', '1.0', '+1.0', 'positive', 'higher_better'] %}
        when '{{ word }}' then 1
        {%- endfor %}
        {%- for word in ['-1', '-1.0', 'negative', 'lower_better'] %}
        when '{{ word }}' then -1
        {%- endfor %}
    end
{%- endmacro %}

{#- Every column but these. -#}
{% macro all_but(columns) -%}
    {{ return(adapter.dispatch('all_but', 'cotmoc')(columns)) }}
{%- endmacro %}

{% macro default__all_but(columns) -%}
    * exclude ({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__all_but(columns) -%}
    * except ({{ columns | join(', ') }})
{%- endmacro %}
