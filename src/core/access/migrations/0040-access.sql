create schema access;
grant usage on schema access to kaifong_app, app_staff, app_resident;

create table access.organisation (
  id uuid primary key, name text not null, kind text not null check (kind in ('committee', 'street_office', 'bureau', 'ngo')),
  area text collate "C" not null references areas.area, recorded_at timestamptz not null);
comment on table access.organisation is 'Who employs officers: committees, street offices, bureaus. Public knowledge';
create table access.officer (
  id uuid primary key, account_id text not null unique, name text not null, number text not null unique, recorded_at timestamptz not null, ended_at timestamptz);
comment on table access.officer is 'A person who works for an organisation; signs in with the account';
create table access.post (
  id uuid primary key, officer_id uuid not null references access.officer, organisation_id uuid not null references access.organisation,
  role text not null, areas text[] collate "C" not null check (cardinality(areas) > 0), scope text collate "C" not null check (scope <> ''),
  domains text[] not null, valid_from date not null, valid_to date, recorded_at timestamptz not null,
  constraint dates_in_order check (valid_to is null or valid_to >= valid_from));
comment on table access.post is '岗位: role × organisation × areas × office lines × dates. scope is the areas'' common ancestor, what row security sees';
create index post_of_officer on access.post (officer_id);
-- Read by the server before any scope exists; no app role may see who works where.
grant select on access.organisation, access.officer, access.post to kaifong_app;
-- A name on a timeline or a document: officers act in their own name.
create view access.officer_of_post as select p.id as post_id, o.name as officer_name, o.number as officer_number, p.role, g.name as organisation_name
  from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id;
comment on view access.officer_of_post is 'Who stands behind a post id';
grant select on access.officer_of_post to app_staff, app_resident;

create table access.person_account (
  id uuid primary key, account_id text not null, person_id uuid not null references people.person,
  bound_at timestamptz not null, method text not null check (method in ('window', 'identity_service', 'demo')), post_id uuid references access.post,
  document_seen text, ended_at timestamptz, ended_why text, ended_post_id uuid references access.post);
comment on table access.person_account is 'A1: an account bound to a person by an officer who saw the card, or by an identity service';
comment on column access.person_account.ended_why is 'Why an officer undid the binding';
comment on column access.person_account.ended_post_id is 'Who undid it';
create unique index one_person_per_account on access.person_account (account_id) where ended_at is null;
create unique index one_account_per_person on access.person_account (person_id) where ended_at is null;
grant select on access.person_account to kaifong_app;
alter table access.person_account enable row level security;
create policy server_reads_bindings on access.person_account for select to kaifong_app using (true);
-- Bound and unbound in one's own post, of a person in reach. A binding that has ended is history.
create policy person_in_scope on access.person_account for select to app_staff using (person_id in (select p.id from people.person p where p.id = person_id));
create policy bound_at_the_window on access.person_account for insert to app_staff with check (
  method = 'window' and post_id = (select nullif(current_setting('app.post', true), ''))::uuid and person_id in (select p.id from people.person p where p.id = person_id));
create policy unbound_once on access.person_account for update to app_staff
  using (ended_at is null and person_id in (select p.id from people.person p where p.id = person_id))
  with check (ended_at is not null and ended_post_id = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, account_id, person_id, bound_at, method, post_id, document_seen), update (ended_at, ended_why, ended_post_id) on access.person_account to app_staff;

create table access.read_entry (
  id uuid not null, at timestamptz not null, person_id uuid not null, operation text not null, purpose text not null, case_id uuid,
  account_id text not null, post_id uuid, request_id text not null, primary key (at, id)) partition by range (at);
comment on table access.read_entry is '查阅: every delivery of an identified person''s data to somebody else. Committed before the data leaves; append-only';
create table access.read_entry_default partition of access.read_entry default;
comment on table access.read_entry_default is 'Stays empty: a row here means that partitions were not made ahead';
create index read_of_person on access.read_entry (person_id, at desc);
alter table access.read_entry enable row level security;
-- Nobody looks in another's name.
create policy staff_write_entries on access.read_entry for insert to app_staff with check (
  account_id = (select nullif(current_setting('app.account', true), '')) and post_id = (select nullif(current_setting('app.post', true), ''))::uuid);
create policy person_is_self on access.read_entry for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
grant insert on access.read_entry to app_staff;
grant select on access.read_entry to app_resident;

-- Whom an account is bound to, and the community whose notices she reads. Definer: asked before any scope exists.
create function access.resident_of(the_account text) returns table (person_id uuid, name text, community_area text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.person_id, p.name, case when length(p.living_area) = 12 then p.living_area else '' end
  from access.person_account b join people.person p on p.id = b.person_id where b.account_id = the_account and b.ended_at is null $$;
revoke all on function access.resident_of(text) from public;
grant execute on function access.resident_of(text) to kaifong_app;

create table access.first_administrator (token_hash bytea primary key, made_at timestamptz not null, used_at timestamptz);
comment on table access.first_administrator is 'One-time tokens for the first administrator of a database without known accounts';

-- Uses the token and makes the first post, a system administrator of the whole area. Definer: the server may not make posts.
create function access.claim_first(the_hash bytea, not_before timestamptz, at timestamptz, organisation uuid, officer uuid, post uuid,
  the_account text, the_name text, the_area text, lines text[], today date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update access.first_administrator set used_at = at where token_hash = the_hash and used_at is null and made_at > not_before;
  if not found or exists (select from access.officer) then return false; end if;
  insert into access.organisation (id, name, kind, area, recorded_at) values (organisation, the_name, 'bureau', the_area, at);
  insert into access.officer (id, account_id, name, number, recorded_at) values (officer, the_account, the_name, '0001', at);
  insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at)
    values (post, officer, organisation, 'system-administrator', array[the_area], the_area, lines, today, at);
  return true;
end $$;
revoke all on function access.claim_first(bytea, timestamptz, timestamptz, uuid, uuid, uuid, text, text, text, text[], date) from public;
grant execute on function access.claim_first(bytea, timestamptz, timestamptz, uuid, uuid, uuid, text, text, text, text[], date) to kaifong_app;
