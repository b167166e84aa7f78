-- Rows that point to nothing, where the row makes no sense without.
with gone as (
  delete from {staged} s
   where not s.deleted and not exists (select from ({known}) k where k.id = s.{id})
  returning s.line, s.{value} as value
)
select line, value, count(*) over () as total from gone where line > 0 order by line limit {kept}
