-- One row per unit that came from others: when it began, and the sentence that keeps its figures from being compared with
-- those of the units before it.
with ancestors as (
    select * from {{ ref('int_admin_units__ancestors') }}
    where steps = 1
),

units as (
    select * from {{ ref('admin_units') }}
)

select
    units.admin_unit_code,
    units.valid_from as began_on,
    cast(extract(year from units.valid_from) as integer) as began_year,
    concat(
        'Từ ngày ', {{ vi_date('units.valid_from') }}, ', ', {{ vi_within_sentence('units.name_vi') }}, ' gồm địa bàn của ',
        string_agg({{ vi_within_sentence('ancestors.ancestor_label_vi') }}, ' và ' order by ancestors.ancestor_code),
        case when units.legal_act is null then '' else concat(' (', units.legal_act, ')') end,
        '; số liệu trước và sau ngày đó khác địa bàn, không so sánh trực tiếp.'
    ) as break_vi
from units
inner join ancestors on units.admin_unit_code = ancestors.admin_unit_code
group by units.admin_unit_code, units.valid_from, units.name_vi, units.legal_act
