{#- Words of the evaluation's Vietnamese sentences, so that each model says a thing the same way. -#}

{#- "trên ", "ít nhất ", "dưới ", "không quá ", "khoảng " or nothing, for a published qualifier. -#}
{% macro vi_qualifier(qualifier) -%}
    case {{ qualifier }}
        when '>' then 'trên ' when '>=' then 'ít nhất ' when '<' then 'dưới ' when '<=' then 'không quá '
        when '~' then 'khoảng ' else ''
    end
{%- endmacro %}

{#- The target in words: "trên 7,5%", "từ 8% đến 8,5%", "khoảng 20% (dải ±1)". -#}
{% macro vi_target(b, unit_name) -%}
    case
        when {{ b }}.target_value is null then ''
        when {{ b }}.comparator = 'between' then concat(
            'từ ', {{ vi_number('least(' ~ b ~ '.target_value, ' ~ b ~ '.far_bound)', 4) }},
            ' đến ', {{ vi_quantity('greatest(' ~ b ~ '.target_value, ' ~ b ~ '.far_bound)', unit_name, 4) }}
        )
        else concat(
            case {{ b }}.comparator
                when '>' then 'trên ' when '>=' then 'ít nhất ' when '<' then 'dưới ' when '<=' then 'không quá '
                when '~' then 'khoảng ' else ''
            end,
            {{ vi_quantity(b ~ '.target_value', unit_name, 4) }}
        )
    end
{%- endmacro %}

{#- The unit of a difference between two values: percent becomes percentage point. -#}
{% macro vi_difference_unit(unit_name) -%}
    case when {{ unit_name }} = '%' then 'điểm phần trăm' else {{ unit_name }} end
{%- endmacro %}

{#- " cần tăng " or " cần giảm ", by the sign of what the rest needs. -#}
{% macro vi_needed_change(required) -%}
    case when {{ required }} < 0 then ' cần giảm ' else ' cần tăng ' end
{%- endmacro %}

{#- A JSON object of numbers, in the order given: what went into a formula. -#}
{% macro json_inputs(columns) -%}
    concat(
        '{'
        {%- for column in columns %},
        '{{ ", " if not loop.first }}"{{ column.split(".")[-1] }}": ', coalesce(cast({{ column }} as varchar), 'null')
        {%- endfor %},
        '}'
    )
{%- endmacro %}

{#- "Năm 2021 đạt " or "Bình quân 2021–2024 đạt ": how a figure over the years so far is introduced. -#}
{% macro vi_years_so_far(word) -%}
    case
        when period_start = evaluation_year then concat('Năm ', cast(evaluation_year as varchar), ' đạt ')
        else concat('{{ word }} ', cast(period_start as varchar), '–', cast(evaluation_year as varchar), ' đạt ')
    end
{%- endmacro %}

{#- " Từ năm 2025 đến năm 2030" or " Năm 2030": the years that are left. -#}
{% macro vi_years_left() -%}
    case
        when evaluation_year + 1 = period_end then concat(' Năm ', cast(period_end as varchar))
        else concat(' Từ năm ', cast(evaluation_year + 1 as varchar), ' đến năm ', cast(period_end as varchar))
    end
{%- endmacro %}

{#- "bình quân 8,69%/năm", or "8,69%" where one year is left. -#}
{% macro vi_yearly(expression, unit_name) -%}
    case
        when evaluation_year + 1 = period_end then {{ vi_quantity(expression, unit_name) }}
        else concat('bình quân ', {{ vi_quantity(expression, unit_name) }}, '/năm')
    end
{%- endmacro %}

{#- "; nhịp độ đạt 0,772 so với yêu cầu." or the full stop alone. -#}
{% macro vi_pace(pace) -%}
    case when {{ pace }} is null then '.' else concat('; nhịp độ đạt ', {{ vi_number(pace, 3) }}, ' so với yêu cầu.') end
{%- endmacro %}

{#- A remark for a range that was left behind on its far side. -#}
{% macro vi_beyond_range(actual) -%}
    case
        when comparator = 'between' and is_met and ({{ actual }} - far_bound) * good_sign > 0
            then ' Kết quả vượt cận xa của khoảng mục tiêu.'
        else ''
    end
{%- endmacro %}

{#- A name of a place within a sentence: "tỉnh Bắc Kạn". -#}
{% macro vi_within_sentence(name) -%}
    concat(lower(substr({{ name }}, 1, 1)), substr({{ name }}, 2))
{%- endmacro %}
