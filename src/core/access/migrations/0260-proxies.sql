-- 代办人: somebody acts for another, in the matters that the other named, until a day that she set. Given by herself with a second factor, or at the window by
-- an officer who saw her and a signed paper. A code makes it: nobody is looked up, so nobody learns who is on record.
create table access.proxy (
  id uuid primary key,
  principal_id uuid not null references people.person,
  -- Null until somebody who is bound has typed the code.
  proxy_id uuid references people.person check (proxy_id <> principal_id),
  matters text[] not null check (cardinality(matters) between 1 and 60),
  valid_from date not null, valid_to date not null check (valid_to >= valid_from),
  given_at timestamptz not null, given_how text not null check (given_how in ('own', 'window')),
  post_id uuid references access.post check ((post_id is not null) = (given_how = 'window')),
  code_digest text unique check (code_digest ~ '^[0-9a-f]{64}$'), code_until timestamptz not null,
  accepted_at timestamptz check ((accepted_at is null) = (proxy_id is null)),
  ended_at timestamptz, ended_by text check (ended_by in ('principal', 'proxy', 'officer') and (ended_by is null) = (ended_at is null)),
  ended_post_id uuid references access.post);
comment on table access.proxy is '代办: who acts for whom, in which matters, until when';
create index proxies_of on access.proxy (principal_id);
create index proxies_held on access.proxy (proxy_id);
alter table access.proxy enable row level security;
create policy one_of_the_two on access.proxy for select to app_resident using (
  principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) or proxy_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy given_by_herself on access.proxy for insert to app_resident with check (
  principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) and given_how = 'own' and proxy_id is null and ended_at is null);
create policy ended_by_one_of_the_two on access.proxy for update to app_resident
  using (ended_at is null and (principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) or proxy_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])))
  with check (ended_at is not null and ended_by in ('principal', 'proxy'));
create policy person_in_scope on access.proxy for select to app_staff using (principal_id in (select p.id from people.person p where p.id = principal_id));
create policy given_at_the_window on access.proxy for insert to app_staff with check (
  given_how = 'window' and post_id = (select nullif(current_setting('app.post', true), ''))::uuid and proxy_id is null and ended_at is null
  and principal_id in (select p.id from people.person p where p.id = principal_id));
create policy ended_at_the_window on access.proxy for update to app_staff
  using (ended_at is null and principal_id in (select p.id from people.person p where p.id = principal_id))
  with check (ended_at is not null and ended_by = 'officer' and ended_post_id = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, principal_id, matters, valid_from, valid_to, given_at, given_how, code_digest, code_until), update (ended_at, ended_by, code_digest) on access.proxy to app_resident;
grant select, insert (id, principal_id, matters, valid_from, valid_to, given_at, given_how, post_id, code_digest, code_until), update (ended_at, ended_by, ended_post_id, code_digest) on access.proxy to app_staff;

-- Whoever types the code takes it on. Definer: until then she is neither of the two. Nothing of the other person is told but that it worked.
create function access.take_proxy(the_digest text, the_person uuid, at timestamptz, the_day date) returns uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update access.proxy set proxy_id = the_person, accepted_at = at, code_digest = null
    where code_digest = the_digest and proxy_id is null and ended_at is null and code_until > at and valid_to >= the_day and principal_id <> the_person
      and the_person = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
    returning id $$;
-- For whom she acts, by name, and in which community that person lives. Definer: row security shows her herself alone.
create function access.principal_of(the_proxy uuid, the_day date) returns table (principal_id uuid, name text, community_area text, matters text[], valid_to date)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select x.principal_id, p.name, case when length(p.living_area) = 12 and not p.safety_flag then p.living_area else '' end, x.matters, x.valid_to
  from access.proxy x join people.person p on p.id = x.principal_id
  where x.id = the_proxy and x.ended_at is null and the_day between x.valid_from and x.valid_to
    and x.proxy_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) $$;
-- The name of who acts for her. Definer for the same reason.
create function access.proxy_name(the_proxy uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.name from access.proxy x join people.person p on p.id = x.proxy_id
  where x.id = the_proxy and x.principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) $$;
-- Who looked in that account's name, for the record of looks. Definer for the same reason.
create function access.proxy_of_account(the_account text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.name from access.proxy x join access.person_account b on b.person_id = x.proxy_id join people.person p on p.id = x.proxy_id
  where b.account_id = the_account and x.principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) limit 1 $$;
revoke all on function access.take_proxy(text, uuid, timestamptz, date), access.principal_of(uuid, date), access.proxy_name(uuid), access.proxy_of_account(text) from public;
grant execute on function access.take_proxy(text, uuid, timestamptz, date), access.principal_of(uuid, date), access.proxy_name(uuid), access.proxy_of_account(text) to app_resident;

-- A proxy's look is a look: written before the data leaves, in her own account's name and without a post.
create policy proxies_write_entries on access.read_entry for insert to app_resident with check (
  account_id = (select nullif(current_setting('app.account', true), '')) and post_id is null and purpose = 'proxy'
  and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
grant insert (id, at, person_id, person_mark, operation, purpose, case_id, account_id, post_id, request_id) on access.read_entry to app_resident;

create policy message_about_own_proxy on messages.message for insert to app_resident with check (case_id is null and (
  kind = 'proxy_given' and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
  or kind = 'proxy_taken' and person_id in (select x.principal_id from access.proxy x where x.proxy_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]))));
create policy message_about_proxy on messages.message for insert to app_staff
  with check (case_id is null and kind in ('proxy_given', 'proxy_ended') and exists (select from people.person p where p.id = person_id));
