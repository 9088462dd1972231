-- One row: every policy value as a column. The values are provisional rows of the seed `policies`.
with policies as (
    select * from {{ ref('policies') }}
)

select
    {% for code in [
        'share_structure_tolerance', 'about_tolerance', 'exceeded_margin', 'conflict_window', 'rounding',
        'trend_stable_band', 'on_track_from', 'needs_acceleration_from', 'off_track_from'
    ] %}
        max(value) filter (where policy_code = '{{ code }}') as {{ code }}{% if not loop.last %},{% endif %}
    {% endfor %}
from policies
