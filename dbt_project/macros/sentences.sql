{#- Words of the evaluation's Vietnamese sentences, so that each model says a thing the same way. -#}

{#- "trên ", "dưới ", "khoảng " or nothing, for a published qualifier. -#}
{% macro vi_qualifier(qualifier) -%}
    case {{ qualifier }} when '>' then 'trên ' when '<' then 'dưới ' when '~' then 'khoảng ' else '' end
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

{#- "cần tăng bình quân " or "cần giảm bình quân ", by the sign of what the rest needs. -#}
{% macro vi_needed_change(required) -%}
    case when {{ required }} < 0 then ' cần giảm bình quân ' else ' cần tăng bình quân ' end
{%- endmacro %}

{#- A JSON object of numbers, in the order given: what went into a formula. -#}
{% macro json_inputs(columns) -%}
    concat(
        '{'
        {%- for column in columns %},
        '{{ ", " if not loop.first }}"{{ column }}": ', coalesce(cast({{ column }} as varchar), 'null')
        {%- endfor %},
        '}'
    )
{%- endmacro %}
