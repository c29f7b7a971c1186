-- The seal over the audit. Why it has this shape: docs/adr/0004-seals.md.

-- The number of the transaction that wrote a row orders the audit; no clock does. xid8 counts up for the whole cluster and
-- never wraps. A database that was carried to another cluster, or set back, would count anew and lower: then the owner
-- raises the offset at start (src/platform/seals/count.ts) by replacing the first function, and the numbers go on upwards.
-- Stable although it is a constant: an immutable one is worked out once a plan, and plans of open connections would keep it.
create function platform.act_offset() returns bigint language sql stable parallel safe as 'select 0::bigint';
create function platform.act_number() returns bigint language sql volatile as
  'select pg_current_xact_id()::text::bigint + platform.act_offset()';
-- Every transaction below it has ended: its rows are visible to everybody or to nobody, and none can come any more.
create function platform.act_horizon() returns bigint language sql stable as
  'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + platform.act_offset()';
-- The next number of all: whatever is written carries a smaller one.
create function platform.act_ceiling() returns bigint language sql stable as
  'select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + platform.act_offset()';

alter table platform.audit add column act bigint not null default platform.act_number(),
  add column account_mark bytea, add column object_mark bytea;
comment on column platform.audit.act is 'Number of the transaction that wrote the row; set by the database alone';
comment on column platform.audit.account_id is 'Who acted. Of a resident null once she was erased';
comment on column platform.audit.account_mark is 'Salted commitment to a resident''s account, sealed in place of it; the salt lies in platform.audit_subject';
comment on column platform.audit.object_mark is 'Salted commitment to the person that the act was about, sealed in place of object_id';
create index audit_by_act on platform.audit (act, id);

-- Column by column: whoever writes a row cannot choose its number, or it would slip in under a seal or past every one.
revoke insert on platform.audit from app_staff, app_resident, app_public, app_system, kaifong_app;
grant insert (id, at, operation, outcome, actor_kind, account_id, account_mark, post_id, schedule, object_id, object_mark, request_id)
  on platform.audit to app_staff, app_resident, app_public, app_system, kaifong_app;

create table platform.audit_subject (mark bytea primary key, blind bytea not null unique, sealed bytea not null);
comment on table platform.audit_subject is 'Whose a mark in the audit is: salt and id, sealed under the field key. Once it is deleted and the id beside the mark with it, the person is erased and no seal breaks';

-- The mark of a subject, made at the first act. Definer: nobody lists whom the audit is about.
create function platform.mark_subject(the_blind bytea, the_mark bytea, the_sealed bytea) returns bytea
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare found_mark bytea;
begin
  select s.mark into found_mark from platform.audit_subject s where s.blind = the_blind;
  if found then return found_mark; end if;
  insert into platform.audit_subject (mark, blind, sealed) values (the_mark, the_blind, the_sealed) on conflict (blind) do nothing;
  if found then return the_mark; end if;
  -- Somebody else's first act of the same subject came first and has committed by now.
  select s.mark into strict found_mark from platform.audit_subject s where s.blind = the_blind;
  return found_mark;
end $$;
revoke all on function platform.mark_subject(bytea, bytea, bytea) from public;
grant execute on function platform.mark_subject(bytea, bytea, bytea) to app_staff, app_resident, app_public, kaifong_app;

-- json, not jsonb: the bytes that were signed are kept as they are.
create table platform.seal (
  number bigint generated always as ((body ->> 'number')::bigint) stored primary key,
  until bigint generated always as ((body ->> 'until')::bigint) stored not null,
  body json not null, signature bytea not null);
comment on table platform.seal is 'One seal over all audit and access rows since the last: Merkle roots, linked and signed. Append-only; the same lines lie in a file outside the database';

do $$
begin
  if not exists (select from pg_roles where rolname = 'app_sealer') then
    begin create role app_sealer login noinherit; exception when duplicate_object or unique_violation then null; end;
  end if;
end $$;
revoke all on function platform.act_offset(), platform.act_number(), platform.act_horizon(), platform.act_ceiling() from public;
grant execute on function platform.act_offset(), platform.act_number() to app_staff, app_resident, app_public, app_system, kaifong_app;
grant execute on function platform.act_offset(), platform.act_horizon() to app_sealer;
grant usage on schema platform to app_sealer;
grant select on platform.audit, platform.audit_default, platform.setting to app_sealer;
create policy sealer_reads_acts on platform.audit for select to app_sealer using (true);
grant select, insert on platform.seal to app_sealer;

-- As before, but a month whose rows lie in the DEFAULT partition already is left out: PostgreSQL refuses to make it, and that
-- stopped the start and every month behind it. The alarm tells of the rows; the runbook tells how to move them.
create or replace function platform.ensure_partitions(parent regclass, from_day date) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare m date := date_trunc('month', from_day)::date; made int := 0; part text; ns text; rel text; first timestamptz; after timestamptz; astray boolean;
begin
  select n.nspname, c.relname into ns, rel from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = parent and c.relkind = 'p';
  if rel is null then raise exception 'not a partitioned table'; end if;
  for i in 0..6 loop
    part := rel || '_' || to_char(m, 'YYYYMM');
    first := m::timestamp at time zone 'Asia/Shanghai';
    after := (m + interval '1 month')::timestamp at time zone 'Asia/Shanghai';
    if to_regclass(format('%I.%I', ns, part)) is null then
      execute format('select exists (select from %I.%I where at >= %L and at < %L)', ns, rel || '_default', first, after) into astray;
      if not astray then
        execute format('create table %I.%I partition of %I.%I for values from (%L) to (%L)', ns, part, ns, rel, first, after);
        execute format('comment on table %I.%I is %L', ns, part, 'One month of ' || rel);
        made := made + 1;
      end if;
    end if;
    m := (m + interval '1 month')::date;
  end loop;
  return made;
end $$;
