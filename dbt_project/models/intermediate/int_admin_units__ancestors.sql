-- One row per unit and each unit it came from, itself included: the share of the older one that passed into it.
with links as (
    select
        old_key,
        new_key,
        cast(weight as double) as weight,
        is_estimated
    from {{ ref('admin_unit_lineage') }}
),

units as (
    select * from {{ ref('admin_units') }}
),

step_0 as (
    select
        admin_unit_key as ancestor_key,
        admin_unit_key as descendant_key,
        cast(1 as double) as weight,
        false as is_estimated,
        0 as steps
    from units
),

{% for step in range(1, longest_chain_of_changes() | int + 1) %}
    step_{{ step }} as (
        select
            links.old_key as ancestor_key,
            younger.descendant_key,
            links.weight * younger.weight as weight,
            links.is_estimated or younger.is_estimated as is_estimated,
            {{ step }} as steps
        from step_{{ step - 1 }} as younger
        inner join links on younger.ancestor_key = links.new_key
    ),
{% endfor %}

steps as (
    {% for step in range(longest_chain_of_changes() | int + 1) %}
        select * from step_{{ step }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- A unit may come back to the same one by several ways; an unknown share on one of them leaves the whole unknown.
joined as (
    select
        ancestor_key,
        descendant_key,
        case when count(*) = count(weight) then sum(weight order by steps, weight) end as weight,
        bool_or(is_estimated) as is_estimated,
        min(steps) as steps
    from steps
    group by ancestor_key, descendant_key
)

select
    descendants.admin_unit_code,
    ancestors.admin_unit_code as ancestor_code,
    ancestors.label_vi as ancestor_label_vi,
    ancestors.valid_from as ancestor_valid_from,
    ancestors.valid_to as ancestor_valid_to,
    descendants.valid_from,
    descendants.valid_to,
    {{ to_12_digits('joined.weight') }} as weight,
    joined.is_estimated,
    cast(joined.steps as integer) as steps
from joined
inner join units as ancestors on joined.ancestor_key = ancestors.admin_unit_key
inner join units as descendants on joined.descendant_key = descendants.admin_unit_key
