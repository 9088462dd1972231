-- One row per target and evaluation year whose kind has a method: the methods side by side, in one shape.
select * from {{ ref('int_judged__end_level') }}
union all
select * from {{ ref('int_judged__average_growth') }}
union all
select * from {{ ref('int_judged__cumulative') }}
union all
select * from {{ ref('int_judged__every_year') }}
