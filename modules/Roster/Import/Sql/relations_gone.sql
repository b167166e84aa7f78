delete from {relations} r
 where r.tenant_id = $1 and r.source = $2
   and not exists (select from related n
                    where n.student_id = r.student_id and n.guardian_id = r.guardian_id and n.kind = r.kind)
