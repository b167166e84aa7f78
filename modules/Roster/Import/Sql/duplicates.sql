-- A sourcedId that stands in several rows: the newest row wins, of equally new ones the last; the others go.
with twice as (
  select id from {staged} group by id having count(*) > 1
), ranked as (
  select s.ctid as place,
         row_number() over (partition by s.id order by s.date_last_modified desc nulls last, s.line desc) as rank
    from {staged} s join twice using (id)
), gone as (
  delete from {staged} s using ranked where s.ctid = ranked.place and ranked.rank > 1
  returning s.line, s.sourced_id as value
)
select line, value, count(*) over () as total from gone order by line limit {kept}
