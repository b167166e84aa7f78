-- Sessions whose time is over; and those that are no longer sent some days before that, when sessions of a later school
-- year are there. $1 district, $2 source, $3 today, $4 the day before which they would have ended.
insert into past (id)
select r.id
  from {rows} r
 where r.tenant_id = $1 and r.source = $2
   and (r.end_date <= $3
        or (r.end_date <= $4
            and (r.ended_at is not null or exists (select from {changes} c where c.id = r.id and c.change = 'ended'))
            and (exists (select from {staged} s where not s.deleted and s.school_year > r.school_year)
                 or exists (select from {rows} n
                             where n.tenant_id = $1 and n.source = $2 and n.ended_at is null
                               and n.school_year > r.school_year
                               and not exists (select from {changes} c where c.id = n.id and c.change = 'ended')))))
