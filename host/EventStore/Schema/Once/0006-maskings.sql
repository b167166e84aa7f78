-- Which events were masked, by whom and why; what they said before is nowhere.
create table es.maskings (
  tenant_id  smallint    not null,
  position   bigint      not null,
  masked_at  timestamptz not null default clock_timestamp(),
  actor      text,
  reason     text        not null,
  primary key (tenant_id, position, masked_at)
);
