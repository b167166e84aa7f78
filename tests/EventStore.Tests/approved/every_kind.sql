create schema if not exists samples;
create table samples.every_kind_v3 (
  tenant_id smallint not null,
  id uuid not null,
  family_name text not null,
  sis_number text,
  school uuid not null,
  is_student boolean not null,
  grade_level2 integer not null,
  level smallint not null,
  count bigint not null,
  rate double precision not null,
  money numeric not null,
  withdrawn_on date,
  starts_at time not null,
  recorded_at timestamptz not null,
  reason text not null,
  phones text[] not null,
  parents uuid[] not null,
  notes jsonb,
  "user" text,
  a_very_long_property_name_that_is_longer_than_anyone_needs boolean,
  stream_version integer not null,
  primary key (tenant_id, id)
);
create index every_kind_v3_family_name_id on samples.every_kind_v3 (tenant_id, family_name, id);
create index every_kind_v3_school_grade_level2_is_student_and_withd_86f1b8f3 on samples.every_kind_v3 (tenant_id, school, grade_level2) where is_student and withdrawn_on is null;
create unique index every_kind_v3_sis_number on samples.every_kind_v3 (tenant_id, sis_number);
create index every_kind_v3_a_very_long_property_name_that_is_longer_513481bd on samples.every_kind_v3 (tenant_id, a_very_long_property_name_that_is_longer_than_anyone_needs, withdrawn_on, recorded_at, id);
create or replace view samples.every_kind with (security_invoker = true) as
select tenant_id, id, family_name, sis_number, school, is_student, grade_level2, level, count, rate, money, withdrawn_on, starts_at, recorded_at, reason, phones, parents, notes, "user", a_very_long_property_name_that_is_longer_than_anyone_needs
from samples.every_kind_v3;
