-- Brings the ledger of everybody whom a run is about in line with what is known now. Everything is worked out person by
-- person over an index, so that no estimate of how many there are can go wrong. $1 district, $2 run, $3 when.
with touched as materialized (
  select person_id from {roster.spans} where tenant_id = $1 and run_id = $2 and person_id is not null
  union
  select person_id from {roster.spans} where tenant_id = $1 and closed_by = $2 and person_id is not null
),
-- School years as they were said last; where a source has none, whatever sessions it has.
sessions as materialized (
  select distinct on (record_id) role, begin_date, end_date from {roster.spans}
   where tenant_id = $1 and kind = 'session' and until_position <> 0
   order by record_id, version desc
),
years as materialized (
  select begin_date, end_date from sessions
   where role = 'schoolYear' or not exists (select from sessions where role = 'schoolYear')
),
-- The first run of each source: who is in it was there before.
first_runs as materialized (
  select distinct on (source) run_id from {roster.history_runs} where tenant_id = $1 order by source, position
),
moved as materialized (
  select t.person_id, step.*
    from touched t
   cross join lateral (
    -- What made the person a student of a school, from the end of one run to the end of another.
    with roles as materialized (
      select s.place_id, s.is_primary, s.begin_date, s.end_date, s.version, begun.position as from_p,
             begun.run_id as from_run, begun.at as from_at, done.position as until_p, done.run_id as until_run,
             done.at as until_at
        from {roster.spans} s
        join {roster.history_runs} begun on begun.tenant_id = $1 and begun.run_id = s.run_id
        left join {roster.history_runs} done
          on done.tenant_id = $1 and done.run_id = s.closed_by and s.until_position < 9223372036854775807
       where s.tenant_id = $1 and s.person_id = t.person_id and s.kind = 'role' and s.role = 'student'
         and s.until_position > s.from_position
    ),
    points as (
      select from_p as p, from_run as run_id, from_at as at from roles
      union
      select until_p, until_run, until_at from roles where until_p is not null
    ),
    -- The main school after each of these runs, as the roster has it: the main organization if the person is a
    -- student there, else the school of the main role, of equal ones the lowest id.
    placed as (
      select x.*, r.place_id, r.begin_date, r.is_new, u.grade
        from points x
        left join lateral (
          select u.place_id, u.grade from {roster.spans} u
           where u.tenant_id = $1 and u.person_id = t.person_id and u.kind = 'user'
             and u.from_position <= x.p and u.until_position > x.p
           limit 1) u on true
        left join lateral (
          select r.place_id, r.begin_date, r.from_p = x.p as is_new from roles r
           where r.from_p <= x.p and (r.until_p is null or r.until_p > x.p)
           order by exists (select from {roster.spans} o
                             where o.tenant_id = $1 and o.kind = 'org' and o.record_id = r.place_id
                               and o.role = 'school' and o.from_position <= x.p and o.until_position > x.p) desc,
                    (r.place_id = u.place_id) is true desc, r.is_primary is true desc, r.place_id::text collate "C",
                    r.begin_date desc nulls last, r.version desc
           limit 1) r on true
    ),
    compared as (
      select placed.*, lag(place_id) over w as from_place, lag(grade) over w as grade_before from placed
      window w as (order by p)
    ),
    steps as (
      select compared.*, lead(p) over w as next_p, lead(place_id) over w as next_place, lead(at) over w as next_at,
             lead(begin_date) over w as next_begin, lag(from_place) over w as left_place, lag(at) over w as left_at
        from compared where place_id is distinct from from_place
      window w as (order by p)
    ),
    -- Who is back in the same school within a week was never gone: a file lacked them.
    real as (
      select * from steps
       where not coalesce(place_id is null and next_place = from_place and next_at - at < interval '7 days'
                          and coalesce(next_begin <= (at at time zone 'UTC')::date, true), false)
         and not coalesce(from_place is null and left_place = place_id and at - left_at < interval '7 days'
                          and coalesce(begin_date <= (left_at at time zone 'UTC')::date, true), false)
    ),
    -- The first day there, as the source has it by now; a begin half a year apart is another year's.
    begun as (
      select s.*, (s.at at time zone 'UTC')::date as found_on,
             lead(s.p) over (order by s.p) as until_p, lag(s.p) over (order by s.p) as since_p,
             row_number() over (order by s.p) as n
        from real s
    ),
    dated as (
      select b.*, case when b.place_id is null then null else coalesce(
               (select r.begin_date from roles r
                 where r.place_id = b.place_id and r.begin_date is not null
                   and r.from_p >= b.p and (b.until_p is null or r.from_p < b.until_p)
                   and coalesce(abs(r.begin_date - b.begin_date) < 180, true)
                 order by r.from_p desc, r.version desc limit 1),
               b.begin_date,
               (select min(e.begin_date) from (
                  select distinct on (e.record_id) e.begin_date from {roster.spans} e
                   where e.tenant_id = $1 and e.person_id = t.person_id and e.kind = 'enrollment'
                     and e.role = 'student' and e.place_id = b.place_id and e.until_position > e.from_position
                     and e.until_position > b.p and (b.until_p is null or e.from_position <= b.until_p)
                   order by e.record_id, e.version desc) e),
               b.found_on) end as begun_on
        from begun b
    ),
    ended as (
      select d.*,
             lag(d.begun_on) over (order by d.p) as entered_on,
             case when d.place_id is null then coalesce(
               (select r.end_date from roles r
                 where r.place_id = d.from_place and r.until_p = d.p and r.end_date <= d.found_on
                 order by r.end_date desc limit 1),
               (select max(e.end_date) from {roster.spans} e
                 where e.tenant_id = $1 and e.person_id = t.person_id and e.kind = 'enrollment'
                   and e.role = 'student' and e.place_id = d.from_place and e.closed_by = d.run_id
                having bool_and(e.end_date <= d.found_on)),
               (select s.begin_date from {roster.spans} s
                 where s.tenant_id = $1 and s.person_id = t.person_id and s.kind = 'missing'
                   and s.closed_by = d.run_id
                 order by s.version desc limit 1),
               d.found_on) end as ended_on,
             -- Files with reasons come when they come: until the student is back, the newest one is about this exit.
             case when d.place_id is null then (
               select array[s.reason, s.destination] from {roster.spans} s
                where s.tenant_id = $1 and s.person_id = t.person_id and s.kind = 'supplement'
                  and s.until_position > s.from_position and s.until_position > d.p
                  and (d.until_p is null or s.from_position <= d.until_p)
                order by s.from_position desc limit 1) end as why,
             (select max(r.begin_date) from roles r
               where r.place_id = d.from_place and r.from_p >= d.since_p and r.from_p < d.p) as expected_on
        from dated d
    )
    select e.p, e.run_id, e.at, e.from_place, e.place_id, coalesce(e.grade, e.grade_before) as grade,
           e.n = 1 and e.run_id in (select run_id from first_runs) as is_baseline,
           e.why[1] as reason, e.why[2] as destination,
           -- A transfer cannot lie before what it is a transfer from.
           case when e.place_id is null then e.ended_on
                when e.from_place is not null and e.begun_on <= e.entered_on then greatest(e.found_on, e.entered_on)
                else e.begun_on end as moved_on,
           case
             when e.place_id is null and coalesce(e.grade, e.grade_before) in ('12', '13')
                  and exists (select from years y where e.ended_on between y.end_date - 14 and y.end_date + 120)
               then 'graduation'
             when e.place_id is null
                  and exists (select from years y
                               where e.ended_on < y.begin_date + 10
                                 and coalesce(e.expected_on, e.entered_on)
                                     between y.begin_date - 180 and y.begin_date + 9)
               then 'noShow'
             when e.place_id is null then 'exit'
             when e.n = 1 then 'entry'
             when e.from_place is null then 'return'
             when array_position(array['IT','PR','PK','TK','KG','01','02','03','04','05','06','07','08','09','10','11',
                    '12','13'], upper(e.grade))
                > array_position(array['IT','PR','PK','TK','KG','01','02','03','04','05','06','07','08','09','10','11',
                    '12','13'], upper(e.grade_before))
                  and exists (select from years y where e.begun_on between y.begin_date - 90 and y.begin_date + 9)
               then 'promotion'
             else 'transfer'
           end as kind
      from ended e
  ) step
),
-- Beside each what the ledger has of it. Sorted, so that all of it is known before the first row goes in: an empty
-- table is read from end to end, and would grow while it is.
told as materialized (
  select moved.*, known.revisions, old.id as old_id, old.tells is not distinct from now_told.tells as holds,
         old.reason as old_reason, old.destination as old_destination
    from moved
   cross join lateral (
     select concat_ws('|', moved.kind, moved.moved_on, coalesce(moved.from_place::text, '-'),
                      coalesce(moved.place_id::text, '-'), moved.is_baseline) as tells) now_told
   cross join lateral (
     select count(*)::integer as revisions from {table} m
      where m.tenant_id = $1 and m.person_id = moved.person_id and m.run_id = moved.run_id) known
    left join lateral (
     select m.id, m.reason, m.destination,
            concat_ws('|', m.kind, m.moved_on, coalesce(m.from_school_id::text, '-'),
                      coalesce(m.to_school_id::text, '-'), m.is_baseline) as tells
       from {table} m
      where m.tenant_id = $1 and m.person_id = moved.person_id and m.run_id = moved.run_id and m.is_current
      limit 1) old on true
   order by person_id, p
),
corrected as (
  update {table} set is_current = false, corrected_at = $3, corrected_by_run_id = $2
   where tenant_id = $1 and id = any(array(
     select m.id from touched t join {table} m on m.tenant_id = $1 and m.person_id = t.person_id and m.is_current
      where m.id not in (select old_id from told where holds)))
),
-- To learn why is no correction.
explained as (
  update {table} m set reason = told.reason, destination = told.destination
    from told
   where m.tenant_id = $1 and m.id = told.old_id and told.holds
     and (told.old_reason is distinct from told.reason or told.old_destination is distinct from told.destination)
)
insert into {table} (tenant_id, id, person_id, kind, moved_on, from_school_id, to_school_id, grade, reason, destination,
                     is_baseline, run_id, known_at, revision, is_current)
select $1, md5(concat_ws('|', person_id, run_id, revisions + 1))::uuid, person_id, kind, moved_on, from_place,
       place_id, grade, reason, destination, is_baseline, run_id, at, revisions + 1, true
  from told
 where not holds
