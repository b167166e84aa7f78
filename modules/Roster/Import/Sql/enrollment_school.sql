-- An enrollment at a school nobody knows is taken to be at the school of its class. The hash is that of the record as it
-- is stored then, made as CopyRow makes it: each field with its length, none at the end that are empty.
update {staged} e
   set school_id = c.school_id, row_hash = {hash}
  from (select id, school_id from {staged_classes} where not deleted
        union all
        select r.id, r.school_id from {classes} r
         where r.tenant_id = $1 and r.source = $2 and r.ended_at is null
           and not exists (select from {staged_classes} s where s.id = r.id)) c
 where c.id = e.class_id and not exists (select from ({known}) k where k.id = e.school_id)
