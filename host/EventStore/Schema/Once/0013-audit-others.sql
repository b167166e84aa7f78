-- Few sets have others than students in them, and whoever is one of those is found as fast.
create index audit_people_by_other on es.audit_people using gin (others) where others <> '{}';

-- Who says once more what was disclosed finds it among few records, not among all that was read of a student.
create index audit_records_of_disclosures on es.audit_records (tenant_id, people) where kind = 'disclosure';

-- It finds those, too, and calls whom it looks for something else.
drop function if exists es.audit_people_with(smallint, uuid);
