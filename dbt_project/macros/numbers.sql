{#- `expression` rounded to 12 significant digits, so that rebuilding gives equal marts whatever the order of sums. -#}
{% macro to_12_digits(expression) -%}
    {{ return(adapter.dispatch('to_12_digits', 'cotmoc')(expression)) }}
{%- endmacro %}

{% macro default__to_12_digits(expression) -%}
    cast(printf('%.11e', cast({{ expression }} as double)) as double)
{%- endmacro %}

{% macro spark__to_12_digits(expression) -%}
    cast(format_string('%.11e', cast({{ expression }} as double)) as double)
{%- endmacro %}

{#- A number written the Vietnamese way (1.234,5), at most `decimals` decimals, trailing zeros dropped. -#}
{% macro vi_number(expression, decimals=2) -%}
    {{ return(adapter.dispatch('vi_number', 'cotmoc')(expression, decimals)) }}
{%- endmacro %}

{% macro default__vi_number(expression, decimals) -%}
    regexp_replace(translate(format('{:,.{{ decimals }}f}', round(cast({{ expression }} as double), {{ decimals }}) + 0.0), ',.', '.,')
    {%- if decimals > 0 %}, ',?0+$', ''){% else %}, '^-0$', '0'){% endif %}
{%- endmacro %}

{% macro spark__vi_number(expression, decimals) -%}
    regexp_replace(translate(format_number(cast({{ expression }} as double), {{ decimals }}), ',.', '.,')
    {%- if decimals > 0 %}, ',?0+$', ''){% else %}, '^-0$', '0'){% endif %}
{%- endmacro %}

{#- A quantity with its unit of measure: "5,74%", "57 triệu đồng/người". -#}
{% macro vi_quantity(expression, unit_name, decimals=2) -%}
    concat({{ vi_number(expression, decimals) }}, case when {{ unit_name }} = '%' then '%' when coalesce({{ unit_name }}, '') = '' then '' else concat(' ', {{ unit_name }}) end)
{%- endmacro %}

{#- A date written dd/mm/yyyy. -#}
{% macro vi_date(expression) -%}
    concat(substr(cast({{ expression }} as varchar), 9, 2), '/', substr(cast({{ expression }} as varchar), 6, 2), '/', substr(cast({{ expression }} as varchar), 1, 4))
{%- endmacro %}
