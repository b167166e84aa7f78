-- People whose standing may be another than before: they, one of their roles, or the organization of one changes.
insert into touched (id)
select id from {sent_users}
union
select person_id from {sent_roles}
union
select r.person_id from {changed_roles} c join {roles} r on r.tenant_id = $1 and r.id = c.id
union
select r.person_id
  from (select id from {sent_orgs} union all select id from {changed_orgs} where change in ('ended', 'withdrawn')) o
  join {roles} r on r.tenant_id = $1 and r.organization_id = o.id
