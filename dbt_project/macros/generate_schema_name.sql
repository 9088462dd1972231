{#- A layer's schema carries the layer's own name (registry, staging, intermediate, marts), in every target. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
