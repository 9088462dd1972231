{#- The bands and scores of Open SDG. `r` is progress toward a target (1 = exactly the growth it asks for),
    `v` yearly growth in the good direction, `c` the coefficient of a natural limit, which scales the thresholds above 0. -#}

{% macro open_sdg_status_to_target(r) -%}
    case
        when {{ r }} >= 0.95 then 'substantial_progress'
        when {{ r }} >= 0.60 then 'moderate_progress'
        when {{ r }} >= 0 then 'limited_progress'
        when {{ r }} < 0 then 'deterioration'
    end
{%- endmacro %}

{% macro open_sdg_score_to_target(r) -%}
    case
        when {{ r }} >= 0.60 then least(7.1429 * {{ r }} - 4.2857, 5)
        when {{ r }} < 0.60 then greatest(4.1667 * {{ r }} - 2.5, -5)
    end
{%- endmacro %}

{% macro open_sdg_status(v, c) -%}
    case
        when {{ v }} < 0 then 'deterioration'
        when {{ v }} >= 0.015 * {{ c }} then 'substantial_progress'
        when {{ v }} >= 0.005 * {{ c }} then 'moderate_progress'
        when {{ v }} >= 0 then 'limited_progress'
    end
{%- endmacro %}

{% macro open_sdg_score(v, c) -%}
    case
        when {{ v }} < 0 then greatest(125 * {{ v }} - 2.5, -5)
        when {{ c }} = 0 then 5
        when {{ v }} < 0.005 * {{ c }} then 500 * {{ v }} / {{ c }} - 2.5
        when {{ v }} < 0.015 * {{ c }} then 250 * {{ v }} / {{ c }} - 1.25
        when {{ v }} >= 0.015 * {{ c }} then least(500 * {{ v }} / {{ c }} - 5, 5)
    end
{%- endmacro %}
