-- People whose standing may be another than before: they, one of their roles, or the organization of one changes.
insert into touched (id)
select id from {changed_users}
union
select s.person_id from {changed_roles} c join {staged_roles} s using (id)
union
select r.person_id from {changed_roles} c join {roles} r on r.tenant_id = $1 and r.id = c.id
union
select r.person_id from {changed_orgs} c join {roles} r on r.tenant_id = $1 and r.organization_id = c.id
