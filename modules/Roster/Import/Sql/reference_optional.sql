-- Rows that point to nothing, where they are kept all the same.
select s.line, s.{value} as value, count(*) over () as total
  from {staged} s
 where not s.deleted and s.{id} is not null and not exists (select from ({known}) k where k.id = s.{id})
 order by s.line limit {kept}
