-- Rows that are sent only to say that they are gone.
select line, sourced_id as value, count(*) over () as total from {staged} where deleted order by line limit {kept}
