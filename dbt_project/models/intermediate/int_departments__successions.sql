-- One row per department and each that followed it, itself included, in the order in which they followed.
with departments as (
    select * from {{ ref('departments') }}
),

step_0 as (
    select
        department_code,
        department_code as follower_code,
        0 as steps
    from departments
),

{% for step in range(1, longest_chain_of_departments() | int + 1) %}
    step_{{ step }} as (
        select
            earlier.department_code,
            departments.successor_code as follower_code,
            {{ step }} as steps
        from step_{{ step - 1 }} as earlier
        inner join departments on earlier.follower_code = departments.department_code
        where departments.successor_code is not null and departments.valid_to is not null
    ),
{% endfor %}

chains as (
    {% for step in range(longest_chain_of_departments() | int + 1) %}
        select * from step_{{ step }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    department_code,
    follower_code,
    cast(steps as integer) as steps
from chains
