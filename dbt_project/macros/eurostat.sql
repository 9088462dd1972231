{#- The bands and scores of Eurostat as EUSTAT runs them. `r` is progress toward a target (1 = exactly the growth it asks for),
    `v` yearly growth in the good direction, `c` the coefficient of a natural limit, which scales the thresholds above 0. -#}

{% macro eurostat_status_to_target(r) -%}
    case
        when {{ r }} >= 0.95 then 'significant_progress'
        when {{ r }} >= 0.60 then 'moderate_progress'
        when {{ r }} >= 0 then 'moderate_deterioration'
        when {{ r }} < 0 then 'significant_deterioration'
    end
{%- endmacro %}

{% macro eurostat_score_to_target(r) -%}
    case
        when {{ r }} > 1.3 then 5
        when {{ r }} >= 0.6 then ({{ r }} - 0.6) * 5 / 0.7
        when {{ r }} > -0.6 then ({{ r }} + 0.6) * 5 / 1.2 - 5
        when {{ r }} <= -0.6 then -5
    end
{%- endmacro %}

{% macro eurostat_status(v, c) -%}
    case
        when {{ v }} >= 0.01 * {{ c }} then 'significant_progress'
        when {{ v }} >= 0.001 * {{ c }} then 'moderate_progress'
        when {{ v }} >= -0.001 then 'no_progress'
        when {{ v }} >= -0.01 then 'moderate_deterioration'
        when {{ v }} < -0.01 then 'significant_deterioration'
    end
{%- endmacro %}

{% macro eurostat_score(v, c) -%}
    case
        when {{ v }} < 0 then greatest(250 * {{ v }}, -5)
        when {{ c }} = 0 then 5
        when {{ v }} >= 0 then least(250 * {{ v }} / {{ c }}, 5)
    end
{%- endmacro %}
