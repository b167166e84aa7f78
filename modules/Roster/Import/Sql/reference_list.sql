-- Lists of references with one that points to nothing; the rows are kept all the same.
select s.line, r.value, count(*) over () as total
  from {staged} s cross join lateral unnest(s.{id}, s.{value}) as r(id, value)
 where not s.deleted and not exists (select from ({known}) k where k.id = r.id)
 order by s.line limit {kept}
