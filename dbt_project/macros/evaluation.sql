{#- What a figure means for a target: met, exceeded, far from its band, and the word for its pace.
    `b` is the alias of a relation that bears the columns of int_targets__bounds. -#}

{#- Whether value `y` with its qualifier satisfies the target. The qualifier decides only when y equals the bound:
    ">" (trên, hơn) satisfies > and >=, "<" (gần, dưới) satisfies < and <=; ">=" and "<=" (tối thiểu, tối đa) leave open
    on which side the figure lies, so they satisfy only the bound on their own side. -#}
{% macro is_met(y, qualifier, b) -%}
    case
        when {{ y }} is null or ({{ b }}.met_low is null and {{ b }}.met_high is null) then null
        else (
            {{ b }}.met_low is null
            or {{ y }} > {{ b }}.met_low
            or ({{ y }} = {{ b }}.met_low and case
                when {{ b }}.is_tolerance_band then true
                when {{ b }}.is_low_strict then coalesce({{ qualifier }}, '') = '>'
                else coalesce({{ qualifier }}, '') not in ('<', '<=')
            end)
        ) and (
            {{ b }}.met_high is null
            or {{ y }} < {{ b }}.met_high
            or ({{ y }} = {{ b }}.met_high and case
                when {{ b }}.is_tolerance_band then true
                when {{ b }}.is_high_strict then coalesce({{ qualifier }}, '') = '<'
                else coalesce({{ qualifier }}, '') not in ('>', '>=')
            end)
        )
    end
{%- endmacro %}

{#- Whether a value that meets the target also lies beyond it far enough to be called exceeded:
    by `exceeded_margin` percent of the target, for `between` beyond its far bound, never for a two-sided target. A value on
    the target is not beyond it, not even on a target of 0, whose margin is 0. -#}
{% macro is_exceeded(y, b) -%}
    case
        when {{ b }}.is_two_sided then false
        when {{ b }}.comparator = 'between' then ({{ y }} - {{ b }}.far_bound) * {{ b }}.good_sign > 0
        when ({{ y }} - {{ b }}.target_value) * {{ b }}.good_sign <= 0 then false
        else {{ to_12_digits(b ~ '.good_sign * (' ~ y ~ ' - ' ~ b ~ '.target_value)') }}
            >= {{ to_12_digits(b ~ '.exceeded_margin / 100.0 * abs(' ~ b ~ '.target_value)') }}
    end
{%- endmacro %}

{#- Distance of `y` to the band around a two-sided target; 0 inside it. -#}
{% macro distance_to_band(y, b) -%}
    case when {{ y }} is not null then greatest({{ b }}.met_low - {{ y }}, {{ y }} - {{ b }}.met_high, 0.0) end
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

{#- What the figures alone say of a target judged against a bound: decided at the period's end, otherwise placed by its pace.
    `allows_early`: whether being met before the end is final enough to be called so (an average never is). Without a pace
    a met target is on its path and another one cannot be placed. -#}
{% macro verdict_of(actual, b, p, allows_early) -%}
    case
        when {{ b }}.y is null then null
        when {{ actual }} is null then 'insufficient_data'
        when {{ b }}.evaluation_year = {{ b }}.period_end and {{ b }}.is_met and {{ is_exceeded(actual, b) }} then 'exceeded'
        when {{ b }}.evaluation_year = {{ b }}.period_end and {{ b }}.is_met then 'achieved'
        when {{ b }}.evaluation_year = {{ b }}.period_end then 'missed'
        {%- if allows_early %}
        when {{ b }}.is_met then 'achieved_early'
        {%- endif %}
        when {{ b }}.pace is null and {{ b }}.is_met then 'on_track'
        when {{ b }}.pace is null then 'insufficient_data'
        else {{ pace_band(b ~ '.pace', p) }}
    end
{%- endmacro %}
