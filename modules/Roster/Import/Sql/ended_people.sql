-- The people who have ended, or are withdrawn, as the source last said of them: what the district says otherwise stands
-- in their rows, and what the source says beside the override. $1 district.
select s.id, c.change, {staged_facts}
  from {changes} c
  join {rows} p on p.tenant_id = $1 and p.id = c.id
  left join lateral (select jsonb_object_agg(case o.field
                              when 'preferredGivenName' then 'preferred_given_name'
                              when 'preferredMiddleName' then 'preferred_middle_name'
                              when 'preferredFamilyName' then 'preferred_family_name'
                              else o.field end, o.source_value) as said
                       from {overrides} o
                      where o.tenant_id = $1 and o.person_id = p.id and o.ended_at is null
                        and o.field in ('preferredGivenName', 'preferredMiddleName', 'preferredFamilyName', 'pronouns',
                                        'email', 'phone', 'sms')) source on true
 cross join lateral jsonb_populate_record(p, coalesce(source.said, '{}')) s
 where c.change in ('ended', 'withdrawn')
