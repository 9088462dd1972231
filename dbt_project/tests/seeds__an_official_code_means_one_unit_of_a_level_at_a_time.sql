-- Grain: two versions of units that bear one official code at the same time.
select
    earlier.admin_unit_code as one_code,
    later.admin_unit_code as other_code
from {{ ref('admin_units') }} as earlier
inner join {{ ref('admin_units') }} as later
    on
        earlier.official_code = later.official_code
        and earlier.level = later.level
        and earlier.admin_unit_key < later.admin_unit_key
where
    coalesce(earlier.valid_to, date '9999-12-31') >= coalesce(later.valid_from, date '0001-01-01')
    and coalesce(later.valid_to, date '9999-12-31') >= coalesce(earlier.valid_from, date '0001-01-01')
