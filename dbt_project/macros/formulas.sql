{#- The arithmetic of the evaluation, one macro a formula (evaluation rules, section 3). Values and bounds are in the target's
    unit of measure, growth rates in percent, years are counts; a division by zero is null, never an error. -#}

{#- The value required after n of N years on the way from y0 to the bound: a line or a geometric curve. Null where a geometric
    path has no meaning (y0 <= 0 or bound <= 0) or N is not positive. -#}
{% macro path_at(path, y0, bound, years_gone, years_in_all) -%}
    case
        when {{ years_in_all }} <= 0 then null
        when {{ path }} = 'geometric' and ({{ y0 }} <= 0 or {{ bound }} <= 0) then null
        when {{ path }} = 'geometric'
            then {{ y0 }} * power({{ bound }} / {{ y0 }}, cast({{ years_gone }} as double) / {{ years_in_all }})
        else {{ y0 }} + ({{ bound }} - {{ y0 }}) * {{ years_gone }} / {{ years_in_all }}
    end
{%- endmacro %}

{#- Level: (y − y0) / (path − y0). -#}
{% macro pace_of_level(y, y0, path_value) -%}
    ({{ y }} - {{ y0 }}) / nullif({{ to_12_digits(path_value ~ ' - ' ~ y0) }}, 0.0)
{%- endmacro %}

{#- Level held within a band: how much of the distance that should be gone is gone. `b` bears met_low and met_high. -#}
{% macro pace_of_distance(y, y0, path_value, b) -%}
    ({{ distance_to_band(y0, b) }} - {{ distance_to_band(y, b) }})
    / nullif({{ to_12_digits(distance_to_band(y0, b) ~ ' - ' ~ distance_to_band(path_value, b)) }}, 0.0)
{%- endmacro %}

{#- Level: what each of the years left needs: a difference on a line, a rate (fraction) on a curve. -#}
{% macro level_needed(path, y, bound, years_left) -%}
    case
        when {{ years_left }} <= 0 then null
        when {{ path }} = 'geometric' and {{ y }} > 0 and {{ bound }} > 0
            then power({{ bound }} / {{ y }}, 1.0 / {{ years_left }}) - 1
        when {{ path }} = 'geometric' then null
        else ({{ bound }} - {{ y }}) / {{ years_left }}
    end
{%- endmacro %}

{#- Level: where the line or curve through y0 and y leads at the period's end. -#}
{% macro level_projected(path, y0, y, years_gone, years_in_all) -%}
    case
        when {{ years_gone }} <= 0 then null
        when {{ path }} = 'geometric' and {{ y0 }} > 0 and {{ y }} > 0
            then {{ y0 }} * power({{ y }} / {{ y0 }}, cast({{ years_in_all }} as double) / {{ years_gone }})
        when {{ path }} = 'geometric' then null
        else {{ y0 }} + ({{ y }} - {{ y0 }}) * {{ years_in_all }} / {{ years_gone }}
    end
{%- endmacro %}

{#- Growth: the geometric mean of n yearly rates, in percent, from Σ ln(1 + gᵢ). -#}
{% macro mean_growth(log_growth, years_gone) -%}
    (exp({{ log_growth }} / {{ years_gone }}) - 1.0) * 100.0
{%- endmacro %}

{#- Growth: ln Π(1 + gᵢ) / (n · ln(1 + g)). -#}
{% macro pace_of_growth(log_growth, bound, years_gone) -%}
    {{ log_growth }} / nullif({{ years_gone }} * ln(1.0 + {{ bound }} / 100.0), 0.0)
{%- endmacro %}

{#- Growth: ((1 + g)^N / Π(1 + gᵢ))^(1/(N − n)) − 1, in percent. -#}
{% macro growth_needed(log_growth, bound, years_gone, years_in_all) -%}
    case
        when {{ years_in_all }} > {{ years_gone }}
            then (
                exp(
                    ({{ years_in_all }} * ln(1.0 + {{ bound }} / 100.0) - {{ log_growth }})
                    / ({{ years_in_all }} - {{ years_gone }})
                ) - 1.0
            ) * 100.0
    end
{%- endmacro %}

{#- Total: what was required after n of N years, spread evenly unless the plan spreads it itself. -#}
{% macro total_required(bound, years_gone, years_in_all, planned_so_far) -%}
    coalesce({{ planned_so_far }}, {{ bound }} * {{ years_gone }} / {{ years_in_all }})
{%- endmacro %}

{#- Total: Σyᵢ / required. -#}
{% macro pace_of_total(total, required) -%}
    {{ total }} / nullif({{ required }}, 0.0)
{%- endmacro %}

{#- What each of the N − n years left needs of an amount that adds up: (amount in all − amount so far) / (N − n). -#}
{% macro amount_needed(in_all, so_far, years_gone, years_in_all) -%}
    case
        when {{ years_in_all }} > {{ years_gone }}
            then ({{ in_all }} - {{ so_far }}) / ({{ years_in_all }} - {{ years_gone }})
    end
{%- endmacro %}

{#- Total: Σ / n · N. -#}
{% macro total_projected(total, years_gone, years_in_all) -%}
    {{ total }} / {{ years_gone }} * {{ years_in_all }}
{%- endmacro %}

{#- Yearly change: the mean of a change over n years. -#}
{% macro mean_change(change, years_gone) -%}
    {{ change }} / nullif({{ years_gone }}, 0)
{%- endmacro %}

{#- Yearly change: change / (n · T). -#}
{% macro pace_of_change(change, bound, years_gone) -%}
    {{ change }} / nullif({{ years_gone }} * {{ bound }}, 0.0)
{%- endmacro %}

{#- Increment: (y − y₋₁) / T. -#}
{% macro pace_of_increment(increment, bound) -%}
    {{ increment }} / nullif({{ bound }}, 0.0)
{%- endmacro %}
