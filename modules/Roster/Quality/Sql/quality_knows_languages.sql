-- Whether the district sends supplementary files at all: without them nobody has a language.
select exists (select from roster.supplements where ended_at is null)
