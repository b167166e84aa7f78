-- Records of two sources that an identifier says are one person. Weaker identifiers need a name that agrees, and none may
-- stand against a date of birth.
select a.id, b.id, min(ka.rule) as rule, a.source, b.source
  from match_keys ka
  join match_keys kb on kb.rule = ka.rule and kb.key = ka.key and kb.source > ka.source
  join match_people a on a.id = ka.id
  join match_people b on b.id = kb.id
 where ka.times = 1 and kb.times = 1
   and not coalesce(a.birth_date <> b.birth_date, false)
   and (starts_with(ka.rule, 'userId:') or ka.rule = 'masterIdentifier'
        or (({same_family} or {same_given})
            and (ka.rule = 'email' or (a.is_student = b.is_student and a.is_staff = b.is_staff))))
 group by a.id, b.id, a.source, b.source
 order by 1, 2
