{#- How many days in a row may be off; a shift to a working day looks no further. -#}
{% macro longest_rest() -%}30{%- endmacro %}

{#- How many departments may have followed one another; a test fails when the registry holds a longer chain. -#}
{% macro longest_chain_of_departments() -%}4{%- endmacro %}

{#- A period as forms write it. -#}
{% macro vi_period(frequency, first_month, last_month, year) -%}
    case {{ frequency }}
        when 'once' then 'một lần'
        when 'year' then cast({{ year }} as varchar)
        when 'half_year' then concat('6 tháng ', cast({{ year }} as varchar))
        when 'nine_months' then concat('9 tháng ', cast({{ year }} as varchar))
        when 'quarter' then concat(
            'quý ',
            case {{ first_month }} when 1 then 'I' when 4 then 'II' when 7 then 'III' else 'IV' end,
            '/', cast({{ year }} as varchar)
        )
        else concat(lpad(cast({{ last_month }} as varchar), 2, '0'), '/', cast({{ year }} as varchar))
    end
{%- endmacro %}
