-- Records that may be one person: compared only where they share a key that few share, never everybody with everybody.
-- Of two sources, or of one where the first has ended: an account that was made anew. $1 district, $2 now, $3 least score,
-- $4 most records of a key.
with named as (
  select count(*)::numeric as n from match_people
), families as (
  select family, count(*) as n from match_people where family <> '' group by family
), givens as (
  select given, count(*) as n from match_people where given <> '' group by given
), blocks as (
  select k.kind, k.key, p.id, count(*) over (partition by k.kind, k.key) as size
    from match_people p
   cross join lateral (values ('n', p.family || '|' || p.given), ('b', p.family || '|' || p.birth_date),
                              ('p', p.phone || '|' || left(p.given, 1)), ('e', p.email), ('i', p.identifier)) k(kind, key)
   where k.key is not null and p.family <> ''
), pairs as (
  select distinct least(x.id, y.id) as first_id, greatest(x.id, y.id) as second_id
    from blocks x
    join blocks y on y.kind = x.kind and y.key = x.key and y.id > x.id
    join match_people a on a.id = x.id
    join match_people b on b.id = y.id
   where x.size <= $4
     and (a.in_force or b.in_force) and (a.source <> b.source or a.in_force <> b.in_force)
), compared as (
  select r.first_id, r.second_id,
         {same_family} as family, {same_given} as given, left(a.given, 1) = left(b.given, 1) as initial,
         a.birth_date = b.birth_date as birth, a.phone = b.phone as phone, a.email = b.email as email,
         a.identifier = b.identifier as identifier, a.school_id = b.school_id as school,
         least({w_family}, log(2, 0.9 * greatest(named.n, 5000) / f.n)) as family_weight,
         least({w_given}, log(2, 0.9 * greatest(named.n, 5000) / g.n)) as given_weight
    from pairs r
    join match_people a on a.id = r.first_id
    join match_people b on b.id = r.second_id
    join families f on f.family = a.family
    join givens g on g.given = a.given
   cross join named
), scored as (
  select first_id, second_id,
         (case when family then family_weight else {w_other_family} end
          + case when given then given_weight when initial then {w_initial} else {w_other_given} end
          + case when birth then {w_birth} when not birth then {w_other_birth} else 0 end
          + case when phone then {w_phone} else 0 end + case when email then {w_email} else 0 end
          + case when identifier then {w_identifier} else 0 end + case when school then {w_school} else 0 end
         )::double precision as score,
         array_remove(array[case when family then 'familyName' end, case when given then 'givenName' end,
                            case when birth then 'birthDate' end, case when phone then 'phone' end,
                            case when email then 'email' end, case when identifier then 'identifier' end,
                            case when school then 'school' end], null) as reasons
    from compared
), wanted as (
  select s.* from scored s
   where s.score >= $3
     and not exists (select from {links} l join {links} m on m.tenant_id = $1 and m.person_id = l.person_id
                      where l.tenant_id = $1 and l.record_id = s.first_id and m.record_id = s.second_id)
), gone as (
  delete from {matches} m
   where m.tenant_id = $1 and m.state = 'suggested'
     and not exists (select from wanted w where w.first_id = m.first_id and w.second_id = m.second_id)
)
insert into {matches} as m (tenant_id, id, first_id, second_id, score, rule, reasons, state, found_at)
select $1, md5(first_id::text || second_id::text)::uuid, first_id, second_id, round(score::numeric, 1), 'score', reasons,
       'suggested', $2
  from wanted
on conflict (tenant_id, id) do update set (score, reasons) = (excluded.score, excluded.reasons)
  where m.state = 'suggested' and (m.score, m.reasons) is distinct from (excluded.score, excluded.reasons)
