-- Roles are the cluster's, not the database's: make them once, whoever comes first.
do $$
declare r text;
begin
  foreach r in array array['app_staff', 'app_resident', 'app_public', 'app_system'] loop
    if not exists (select from pg_roles where rolname = r) then
      begin execute format('create role %I nologin', r); exception when duplicate_object or unique_violation then null; end;
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'kaifong_app') then
    begin create role kaifong_app login noinherit; exception when duplicate_object or unique_violation then null; end;
  end if;
  grant app_staff, app_resident, app_public, app_system to kaifong_app;
exception when duplicate_object or unique_violation then null;
end $$;
revoke all on schema public from public;
create extension if not exists btree_gist;
grant usage on schema platform to kaifong_app, app_staff, app_resident, app_public, app_system;
grant usage on schema public to kaifong_app, app_staff, app_resident, app_public, app_system;

create table platform.idempotency (
  actor text not null, operation text not null, key text not null, body_hash bytea not null,
  result jsonb, at timestamptz not null, primary key (actor, operation, key));
comment on table platform.idempotency is 'One key, one act. result holds ids, numbers and codes only. Kept 90 days';
create index idempotency_by_age on platform.idempotency using brin (at);

-- One key, one act. Definers: nobody may list or change what others have sent, and whose key it is the scope says, not the caller.
-- An anonymous client has no account: its key alone is its name.
create function platform.key_owner() returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select current_setting('role') || ':' || coalesce(nullif(current_setting('app.post', true), ''), nullif(current_setting('app.account', true), ''), '') $$;
revoke all on function platform.key_owner() from public;
create function platform.claim_key(the_operation text, the_key text, the_hash bytea, the_time timestamptz)
returns table (claimed boolean, body_hash bytea, result jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.idempotency (actor, operation, key, body_hash, at)
    values (platform.key_owner(), the_operation, the_key, the_hash, the_time) on conflict do nothing;
  if found then return query select true, null::bytea, null::jsonb; return; end if;
  return query select false, i.body_hash, i.result from platform.idempotency i
    where i.actor = platform.key_owner() and i.operation = the_operation and i.key = the_key;
end $$;
create function platform.settle_key(the_operation text, the_key text, the_result jsonb) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update platform.idempotency set result = the_result
    where actor = platform.key_owner() and operation = the_operation and key = the_key and result is null $$;
revoke all on function platform.claim_key(text, text, bytea, timestamptz), platform.settle_key(text, text, jsonb) from public;
grant execute on function platform.claim_key(text, text, bytea, timestamptz), platform.settle_key(text, text, jsonb)
  to app_staff, app_resident, app_public;

create table platform.audit (
  id uuid not null, at timestamptz not null, operation text not null, outcome text not null, actor_kind text not null,
  account_id text, post_id uuid, schedule text, object_id text, request_id text not null,
  primary key (at, id)) partition by range (at);
comment on table platform.audit is 'Every act, done or refused. Append-only; no personal data, ids only. Partitioned by month';
create table platform.audit_default partition of platform.audit default;
comment on table platform.audit_default is 'Stays empty: a row here means that partitions were not made ahead';
grant insert on platform.audit to app_staff, app_resident, app_public, app_system, kaifong_app;
-- Whoever acts is named by the scope that the server opened: no act is written down in another's name.
alter table platform.audit enable row level security;
create policy residents_own_acts on platform.audit for insert to app_resident with check (
  actor_kind = 'resident' and account_id = (select nullif(current_setting('app.account', true), '')) and post_id is null and schedule is null);
create policy staffs_own_acts on platform.audit for insert to app_staff with check (
  actor_kind = 'staff' and account_id = (select nullif(current_setting('app.account', true), ''))
  and post_id = (select nullif(current_setting('app.post', true), ''))::uuid and schedule is null);
create policy sweeps on platform.audit for insert to app_system with check (
  actor_kind = 'system' and account_id is null and post_id is null and schedule is not null);
create policy acts_without_a_post on platform.audit for insert to app_public with check (post_id is null and schedule is null and (
  (actor_kind = 'public' and account_id is null)
  or (actor_kind = 'officer' and account_id = (select nullif(current_setting('app.account', true), '')))));
-- Signing in and out and choosing a post happen before any scope: the login role writes them down, and nothing else.
create policy doors on platform.audit for insert to kaifong_app with check (
  operation in ('account.sign-in', 'account.sign-out', 'access.choose-post') and post_id is null and schedule is null);

create table platform.setting (name text primary key, value text not null, at timestamptz not null);
comment on table platform.setting is 'Facts fixed when the database was made, such as demo';
grant select on platform.setting to kaifong_app;

-- Makes the month partitions of one table from this month to six months ahead. Owner's right, so a definer function.
create function platform.ensure_partitions(parent regclass, from_day date) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare m date := date_trunc('month', from_day)::date; made int := 0; part text; ns text; rel text;
begin
  select n.nspname, c.relname into ns, rel from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = parent and c.relkind = 'p';
  if rel is null then raise exception 'not a partitioned table'; end if;
  for i in 0..6 loop
    part := rel || '_' || to_char(m, 'YYYYMM');
    if to_regclass(format('%I.%I', ns, part)) is null then
      execute format('create table %I.%I partition of %I.%I for values from (%L) to (%L)', ns, part, ns, rel,
        m::timestamp at time zone 'Asia/Shanghai', (m + interval '1 month')::timestamp at time zone 'Asia/Shanghai');
      execute format('comment on table %I.%I is %L', ns, part, 'One month of ' || rel);
      made := made + 1;
    end if;
    m := (m + interval '1 month')::date;
  end loop;
  return made;
end $$;
revoke all on function platform.ensure_partitions(regclass, date) from public;
grant execute on function platform.ensure_partitions(regclass, date) to kaifong_app;
