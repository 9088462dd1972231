{#- How many times in a row a unit may have passed into another one; a test fails when the registry holds a longer chain. -#}
{% macro longest_chain_of_changes() -%}4{%- endmacro %}
