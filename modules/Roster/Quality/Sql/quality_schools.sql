-- The schools, by name. $1 schools, or null for the whole district.
select id, name, source from roster.organizations
 where type = 'school' and ended_at is null and ($1::uuid[] is null or id = any($1))
 order by name, id
