-- The indexes of a table besides those that keep rows unique, with the statements that make them.
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
  from pg_index i
 where i.indrelid = $1::text::regclass and not i.indisunique
 order by 1
