create unlogged table touched (id uuid not null) with (autovacuum_enabled = off);
create unlogged table standing (
  person_id uuid not null, is_student boolean not null, is_staff boolean not null, is_guardian boolean not null,
  school_id uuid
) with (autovacuum_enabled = off);
create unlogged table past (id uuid not null) with (autovacuum_enabled = off);
create unlogged table related (student_id uuid not null, guardian_id uuid not null, kind text not null)
  with (autovacuum_enabled = off)
