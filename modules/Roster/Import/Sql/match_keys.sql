-- Identifiers of people in force, with how often each source has them: what two people of a source share, such as a
-- family's address for mail, says of nobody who it is. $1 type of the keys that name homes.
create temp table match_keys on commit drop as
select k.rule, k.key, p.id, p.source, count(*) over (partition by k.rule, k.key, p.source) as times
  from match_people p
 cross join lateral (
   select 'userId:' || lower(split_part(u, ':', 1)) as rule, lower(substr(u, strpos(u, ':') + 1)) as key
     from unnest(p.user_ids) u where lower(split_part(u, ':', 1)) <> lower($1)
   union all select 'masterIdentifier', p.master
   union all select 'identifier', p.identifier
   union all select 'email', p.email
   union all select 'username', p.username) k
 where p.in_force and k.key <> ''
