-- Schools by their names: as stored, then as sent.
select id, name from {rows} where tenant_id = $1 and source = $2 and type = 'school'
union all
select id, name from {staged} where type = 'school' and not deleted
