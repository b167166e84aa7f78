-- The areas that share most words with a question, and the words of phrases that do. What is looked up row by row says
-- "offset 0": PostgreSQL thinks it knows better, and reads whole tables. $1 district, $2 languages, $3 their
-- dictionaries, $4 words of the question, $5 how alike a word with a slip must be.
--
-- A word weighs the more the fewer areas have it. What a phrase shares with the question its area shares, too: those
-- that share most are enough to find the best phrase among (HelpCandidate).
with asked as materialized (
  select l.language, l.dictionary, w.word, w.place::integer as place,
         (ts_lexize(l.dictionary::regdictionary, w.word))[1] as stem
    from unnest($2::text[], $3::text[]) l (language, dictionary)
   cross join unnest($4::text[]) with ordinality w (word, place)),
total as materialized (
  select greatest(count(*), 1)::double precision as areas
    from directory.areas_v1 where tenant_id = $1 and not is_retired),
exact as materialized (
  select a.language, a.place, a.stem, a.word, 1.0::double precision as likeness, s.areas
    from asked a
    join directory.help_stems_v1 s
      on s.tenant_id = $1 and s.language = a.language and s.stem = a.stem and s.areas > 0),
-- What nobody has a word for may be a slip.
pieces as materialized (
  select a.language, a.dictionary, a.place, length(a.word) + 1 as size,
         substring('  ' || a.word || ' ' from n for 3) as piece
    from asked a, generate_series(1, length(a.word) + 1) n
   where a.stem is not null and length(a.word) >= 4
     and not exists (select from exact e where e.language = a.language and e.place = a.place)),
alike as materialized (
  select p.language, p.dictionary, p.place, r.word,
         count(distinct p.piece)::double precision
           / (max(p.size) + length(r.word) + 1 - count(distinct p.piece)) as likeness
    from pieces p
   cross join lateral (
          select r.word from directory.help_pieces_v1 r
           where r.tenant_id = $1 and r.language = p.language and r.piece = p.piece offset 0) r
   group by p.language, p.dictionary, p.place, r.word),
likely as materialized (
  select g.language, g.place, g.word, g.likeness, (ts_lexize(g.dictionary::regdictionary, g.word))[1] as stem
    from (select a.*, max(a.likeness) over (partition by a.language, a.place) as best from alike a) g
   where g.likeness >= $5 and g.likeness = g.best),
guessed as materialized (
  select g.language, g.place, g.stem, min(g.word) as word, max(g.likeness) as likeness, s.areas
    from likely g
    join directory.help_stems_v1 s
      on s.tenant_id = $1 and s.language = g.language and s.stem = g.stem and s.areas > 0
   group by g.language, g.place, g.stem, s.areas),
known as materialized (
  select k.language, k.place, k.stem, k.word, k.likeness, ln(1 + t.areas / k.areas) as weight
    from (select language, place, stem, word, likeness, areas from exact
          union all select language, place, stem, word, likeness, areas from guessed) k
   cross join total t),
hits as materialized (
  select distinct h.area_id, h.language, h.stem
    from (select distinct language, stem from known) k
    join directory.help_words_v1 h on h.tenant_id = $1 and h.language = k.language and h.stem = k.stem),
-- Words of the question that any phrase of the area has.
breadth as materialized (
  select b.area_id, b.language, sum(b.weight) as weight, array_agg(b.word order by b.place) as words
    from (select h.area_id, k.language, k.place, min(k.word) as word, max(k.weight * k.likeness) as weight
            from hits h
            join directory.areas_v1 a on a.tenant_id = $1 and a.id = h.area_id and not a.is_retired
            join known k on k.language = h.language and k.stem = h.stem
           group by h.area_id, k.language, k.place) b
   group by b.area_id, b.language
   order by 3 desc, 1
   limit 20),
said as materialized (
  select k.language, array_agg(k.stem) as stems, array_agg(k.likeness) as likenesses
    from (select language, stem, max(likeness) as likeness from known group by language, stem) k
   group by k.language),
-- All words of the question that say something; one that no area has weighs as much as one that a single area has.
question as (
  select a.language, sum(coalesce(
           (select max(k.weight * k.likeness) from known k where k.language = a.language and k.place = a.place),
           ln(1 + t.areas))) as weight
    from asked a cross join total t
   where a.stem is not null
   group by a.language)
select b.area_id, b.language, b.weight, q.weight, b.words, s.stems, s.likenesses, p.phrases, p.stems, p.weights
  from breadth b
  join question q on q.language = b.language
  join said s on s.language = b.language
 cross join lateral (
       select array_agg(h.phrase) as phrases, array_agg(h.stem) as stems,
              array_agg(ln(1 + t.areas / w.areas)) as weights
         from directory.help_words_v1 h
        cross join total t
        cross join lateral (
              select w.areas from directory.help_stems_v1 w
               where w.tenant_id = $1 and w.language = h.language and w.stem = h.stem and w.areas > 0 offset 0) w
        where h.tenant_id = $1 and h.area_id = b.area_id and h.language = b.language
          -- A phrase that shares nothing is not the best.
          and h.phrase = any (array(
              select o.phrase from directory.help_words_v1 o
               where o.tenant_id = $1 and o.area_id = b.area_id and o.language = b.language
                 and o.stem = any (s.stems)))) p
