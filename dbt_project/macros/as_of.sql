{#- The as-of given to this run as a UTC timestamp expression, or the given default.
    A date means the end of that day in Asia/Ho_Chi_Minh, which keeps UTC+7 the whole year. -#}
{% macro as_of_instant(default_expression) -%}
    {%- set as_of = var('as_of', '') | string | trim -%}
    {%- if as_of == '' -%}
        {{ default_expression }}
    {%- elif as_of | length == 10 -%}
        cast(cast('{{ as_of }}' as timestamp) + interval '17 hours' - interval '1 microsecond' as timestamp)
    {%- else -%}
        cast('{{ as_of | replace("Z", "") }}' as timestamp)
    {%- endif -%}
{%- endmacro %}

{#- The local (Asia/Ho_Chi_Minh) date of a UTC timestamp. -#}
{% macro local_date(instant) -%}
    cast({{ instant }} + interval '7 hours' as date)
{%- endmacro %}
