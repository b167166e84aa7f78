-- Areas whose phrases share words with a question, the most likely first. $1 district, $2 languages, $3 their
-- dictionaries, $4 words of the question, $5 how alike a word with a slip must be.
--
-- A word weighs the more the fewer areas have it. A phrase is worth what it shares with the question, times the share of
-- the phrase that is.
with asked as materialized (
  select l.language, w.word, w.place::integer as place, (ts_lexize(l.dictionary::regdictionary, w.word))[1] as stem
    from unnest($2::text[], $3::text[]) l (language, dictionary)
   cross join unnest($4::text[]) with ordinality w (word, place)),
exact as materialized (
  select a.language, a.place, a.stem, a.word, 1.0::double precision as likeness
    from asked a
   where a.stem is not null
     and exists (select from directory.help_words_v1 h
                  where h.tenant_id = $1 and h.language = a.language and h.stem = a.stem)),
-- What nobody has a word for may be a slip.
pieces as materialized (
  select a.language, a.place, length(a.word) + 1 as size, substring('  ' || a.word || ' ' from n for 3) as piece
    from asked a, generate_series(1, length(a.word) + 1) n
   where a.stem is not null and length(a.word) >= 4
     and not exists (select from exact e where (e.language, e.place) = (a.language, a.place))),
like_it as materialized (
  select p.language, p.place, r.word,
         count(distinct p.piece)::double precision
           / (max(p.size) + length(r.word) + 1 - count(distinct p.piece)) as likeness
    from pieces p
    join directory.help_pieces_v1 r on r.tenant_id = $1 and r.language = p.language and r.piece = p.piece
   group by p.language, p.place, r.word),
guessed as materialized (
  select g.language, g.place, h.stem, min(g.word) as word, max(g.likeness) as likeness
    from (select l.*, max(l.likeness) over (partition by l.language, l.place) as best from like_it l) g
    join directory.help_words_v1 h on h.tenant_id = $1 and h.language = g.language and h.word = g.word
   where g.likeness >= $5 and g.likeness = g.best
   group by g.language, g.place, h.stem),
known as materialized (select * from exact union all select language, place, stem, word, likeness from guessed),
shared as materialized (
  select h.area_id, h.language, h.phrase, k.stem, max(k.likeness) as likeness
    from known k
    join directory.help_words_v1 h on h.tenant_id = $1 and h.language = k.language and h.stem = k.stem
   group by h.area_id, h.language, h.phrase, k.stem),
whole as materialized (
  select distinct h.area_id, h.language, h.phrase, h.stem
    from (select distinct area_id, language, phrase from shared) s
    join directory.help_words_v1 h
      on h.tenant_id = $1 and (h.area_id, h.language, h.phrase) = (s.area_id, s.language, s.phrase)),
total as materialized (
  select greatest(count(*), 1)::double precision as areas from directory.areas_v1 where tenant_id = $1 and not is_retired),
weight as materialized (
  select w.language, w.stem, ln(1 + t.areas / count(distinct h.area_id)) as weight
    from (select distinct language, stem from whole) w
   cross join total t
    join directory.help_words_v1 h on h.tenant_id = $1 and h.language = w.language and h.stem = w.stem
   group by w.language, w.stem, t.areas),
phrase as (
  select s.area_id, s.language, s.phrase, sum(w.weight * s.likeness) as got,
         (select sum(v.weight) from whole f join weight v on v.language = f.language and v.stem = f.stem
           where (f.area_id, f.language, f.phrase) = (s.area_id, s.language, s.phrase)) as whole
    from shared s join weight w on w.language = s.language and w.stem = s.stem
   group by s.area_id, s.language, s.phrase),
best as (
  select distinct on (p.area_id, p.language) p.area_id, p.language, p.phrase, p.got, p.whole
    from phrase p order by p.area_id, p.language, p.got * p.got / p.whole desc, p.phrase),
-- Words of the question that any phrase of the area has.
breadth as (
  select b.area_id, b.language, sum(b.weight) as weight, array_agg(b.word order by b.place) as words
    from (select s.area_id, k.language, k.place, min(k.word) as word, max(w.weight * k.likeness) as weight
            from (select distinct area_id, language, stem from shared) s
            join known k on k.language = s.language and k.stem = s.stem
            join weight w on w.language = s.language and w.stem = s.stem
           group by s.area_id, k.language, k.place) b
   group by b.area_id, b.language),
-- All words of the question that say something; one that no area has weighs as much as one that a single area has.
question as (
  select a.language, sum(coalesce(
           (select max(w.weight * k.likeness) from known k
              join weight w on w.language = k.language and w.stem = k.stem
             where k.language = a.language and k.place = a.place),
           ln(1 + t.areas))) as weight
    from asked a cross join total t
   where a.stem is not null
   group by a.language)
select b.area_id, b.language, b.phrase, b.got, b.whole, d.weight, q.weight, d.words
  from best b
  join breadth d on d.area_id = b.area_id and d.language = b.language
  join question q on q.language = b.language
 order by b.got * b.got / b.whole + 0.3 * d.weight desc, b.area_id
 limit 20
