{#- The formulas of a target's evaluation, one macro each. `b` is the alias of int_targets__bounds. -#}

{#- Whether value `y` with its qualifier satisfies the target. The qualifier decides only when y equals the bound:
    ">" (trên, hơn) satisfies > and >=, "<" (gần, dưới) satisfies < and <=. -#}
{% macro is_met(y, qualifier, b) -%}
    case
        when {{ y }} is null or ({{ b }}.met_low is null and {{ b }}.met_high is null) then null
        else (
            {{ b }}.met_low is null
            or {{ y }} > {{ b }}.met_low
            or ({{ y }} = {{ b }}.met_low and case
                when {{ b }}.is_tolerance_band then true
                when {{ b }}.is_low_strict then coalesce({{ qualifier }}, '') = '>'
                else coalesce({{ qualifier }}, '') <> '<'
            end)
        ) and (
            {{ b }}.met_high is null
            or {{ y }} < {{ b }}.met_high
            or ({{ y }} = {{ b }}.met_high and case
                when {{ b }}.is_tolerance_band then true
                when {{ b }}.is_high_strict then coalesce({{ qualifier }}, '') = '<'
                else coalesce({{ qualifier }}, '') <> '>'
            end)
        )
    end
{%- endmacro %}

{#- Whether a value that meets the target also lies beyond it far enough to be called exceeded:
    by `exceeded_margin` percent of the target, for `between` beyond its far bound, never for a two-sided target. -#}
{% macro is_exceeded(y, b) -%}
    case
        when {{ b }}.is_two_sided then false
        when {{ b }}.comparator = 'between' then ({{ y }} - {{ b }}.far_bound) * {{ b }}.good_sign > 0
        else {{ to_12_digits(b ~ '.good_sign * (' ~ y ~ ' - ' ~ b ~ '.target_value)') }}
            >= {{ to_12_digits(b ~ '.exceeded_margin / 100.0 * abs(' ~ b ~ '.target_value)') }}
    end
{%- endmacro %}

{#- The value required after n of N years on the way from y0 to the target: a line or a geometric curve.
    Null where a geometric path has no meaning (y0 <= 0 or target <= 0) or N is not positive. -#}
{% macro path_at(path, y0, bound, years_gone, years_in_all) -%}
    case
        when {{ years_in_all }} <= 0 then null
        when {{ path }} = 'geometric' and ({{ y0 }} <= 0 or {{ bound }} <= 0) then null
        when {{ path }} = 'geometric'
            then {{ y0 }} * power({{ bound }} / {{ y0 }}, cast({{ years_gone }} as double) / {{ years_in_all }})
        else {{ y0 }} + ({{ bound }} - {{ y0 }}) * {{ years_gone }} / {{ years_in_all }}
    end
{%- endmacro %}

{#- Distance of `y` to the band around a two-sided target; 0 inside it. -#}
{% macro distance_to_band(y, b) -%}
    greatest({{ b }}.met_low - {{ y }}, {{ y }} - {{ b }}.met_high, 0.0)
{%- endmacro %}

{#- The band of a pace: on_track, needs_acceleration, off_track or moving_away. `p` is the alias of the policies. -#}
{% macro pace_band(pace, p) -%}
    case
        when {{ pace }} >= {{ p }}.on_track_from then 'on_track'
        when {{ pace }} >= {{ p }}.needs_acceleration_from then 'needs_acceleration'
        when {{ pace }} >= {{ p }}.off_track_from then 'off_track'
        when {{ pace }} is not null then 'moving_away'
    end
{%- endmacro %}
