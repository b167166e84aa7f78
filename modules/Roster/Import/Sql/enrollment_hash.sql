encode(substring(sha256(
  int4send(octet_length(convert_to(e.sourced_id, 'UTF8'))) || convert_to(e.sourced_id, 'UTF8')
  || int4send(16) || uuid_send(e.class_id) || int4send(16) || uuid_send(c.school_id)
  || int4send(16) || uuid_send(e.person_id)
  || int4send(octet_length(convert_to(e.role, 'UTF8'))) || convert_to(e.role, 'UTF8')
  || case when num_nonnulls(e.is_primary, e.begin_date, e.end_date) = 0 then ''::bytea
          else coalesce(int4send(1) || boolsend(e.is_primary), int4send(-1)) end
  || case when num_nonnulls(e.begin_date, e.end_date) = 0 then ''::bytea
          else coalesce(int4send(4) || date_send(e.begin_date), int4send(-1)) end
  || coalesce(int4send(4) || date_send(e.end_date), ''::bytea)
) from 1 for 16), 'hex')::uuid
