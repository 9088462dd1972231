-- Grain: one target that asks for a method its indicator does not have.
select
    targets.target_code,
    targets.method_version,
    targets.indicator_code
from {{ ref('targets') }} as targets
left join {{ ref('methods') }} as methods
    on
        targets.method_version = methods.method_version
        and targets.indicator_code = methods.indicator_code
where targets.method_version is not null and methods.method_version is null
