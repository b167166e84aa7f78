-- What would be added, by the organization it belongs to, where nothing is stored yet.
select {first_school}, 0, count(*)::int, 0, 0, 0, 0, 0
  from {sent} s
  {parts}
 group by 1
