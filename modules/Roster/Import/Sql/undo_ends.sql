-- When what ends again had ended: when the run was applied that ended it. The event before is the ending, or takes back
-- what another run did; then it is what was before that. $1 district.
with recursive ending as (
  select c.id, c.version - 1 as version from {changes} c where c.change = 'endedAgain'
  union all
  select e.id, undone.version - 1
    from ending e
    join es.events said on said.tenant_id = $1 and said.stream_id = e.id and said.version = e.version
    join es.events undone on undone.tenant_id = $1 and undone.stream_id = e.id and undone.version < e.version
         and undone.correlation_id = said.correlation_id
), ended as (
  select said.stream_id as id, (decided.data ->> 'appliedAt')::timestamptz as at
    from (select id, min(version) as version from ending group by id) e
    join es.events said on said.tenant_id = $1 and said.stream_id = e.id and said.version = e.version
    join es.events decided on decided.tenant_id = $1 and decided.stream_id = said.correlation_id
         and decided.data ->> 'status' = 'applied'
)
update {changes} c set ended_at = ended.at from ended where ended.id = c.id
