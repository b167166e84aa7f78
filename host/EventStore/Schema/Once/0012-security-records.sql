-- What was done and refused, the latest first: few records among many of who read what.
create index audit_records_of_security on es.audit_records (tenant_id, number) where kind = 'security';
create index audit_records_of_action on es.audit_records (tenant_id, action, number) where kind = 'security';
