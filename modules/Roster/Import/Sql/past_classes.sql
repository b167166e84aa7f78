-- Classes all of whose sessions are past; of those without a session that of the course counts. $1 district, $2 source.
insert into past (id)
select r.id
  from {rows} r left join {courses} c on c.tenant_id = $1 and c.id = r.course_id
 cross join lateral (select case when cardinality(r.term_ids) > 0 then r.term_ids
                                 else array_remove(array[c.school_year_id], null) end as ids) sessions
 where r.tenant_id = $1 and r.source = $2 and cardinality(sessions.ids) > 0
   and not exists (select from unnest(sessions.ids) s(id) where not exists (select from past p where p.id = s.id))
