insert into {relations} (tenant_id, id, source, student_id, guardian_id, kind)
select $1, md5(n.student_id::text || n.guardian_id::text)::uuid, $2, n.student_id, n.guardian_id, n.kind
  from related n
 where not exists (select from {relations} r
                    where r.tenant_id = $1 and r.student_id = n.student_id and r.guardian_id = n.guardian_id)
 order by n.student_id, n.guardian_id
