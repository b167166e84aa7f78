-- What is to be done, by comparing what was sent with what is stored. $1 district, $2 source, $3 whether the
-- complete set was sent, so that what is missing has ended.
insert into {changes} (id, change)
select coalesce(s.id, r.id),
       case when r.id is null then 'added'
            when s.id is null or s.deleted then 'ended'
            when r.ended_at is not null then 'returned'
            else 'changed' end
  from {staged} s
  full join (select id, row_hash, ended_at from {rows}
              where tenant_id = $1 and source = $2{scope}) r on r.id = s.id
 where case when r.id is null then not s.deleted
            when s.id is null then $3 and r.ended_at is null
            when s.deleted then r.ended_at is null
            else r.ended_at is not null or r.row_hash <> s.row_hash end
