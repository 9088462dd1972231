-- A longer chain would silently lose the oldest units: raise longest_chain_of_changes().
with links as (
    select * from {{ ref('admin_unit_lineage') }}
)

select first_link.old_key
from links as first_link
{% for step in range(1, longest_chain_of_changes() | int + 1) %}
    inner join links as link_{{ step }}
        on {{ 'first_link' if step == 1 else 'link_' ~ (step - 1) }}.new_key = link_{{ step }}.old_key
{% endfor %}
