-- What is staged of people who were erased becomes what an erasure leaves of a row. $1 their ids.
with emptied as (
  update {staged} s set {emptied} where s.{person} = any($1) returning s.line, s.deleted
)
select line from emptied where not deleted order by line limit {kept}
