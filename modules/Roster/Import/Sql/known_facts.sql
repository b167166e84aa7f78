-- What is known of some records. $1 district, $2 their ids.
select id, {facts} from {rows} where tenant_id = $1 and id = any($2) and ended_at is null
