-- 政策找人: one search for everybody whom one matter fits, in one area, over one snapshot. Done, it never changes: what was searched for, over which facts, and
-- whom it found, with a hash over all of it.
grant usage on schema outreach to app_staff, app_resident;
create table outreach.run (
  id uuid primary key, matter_code text not null, domain text not null, area text collate "C" not null references areas.area,
  -- Written when it begins: the pack, the day and the instant of the snapshot, the rules, those that no register answers before somebody applies, and every row
  -- of numbers that the rules may read there.
  pack_hash text references matters.pack (hash), day date, known_at timestamptz, rules text[], asked text[], parameters jsonb,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  why text check (why in ('no_snapshot', 'not_searched', 'broken') and (why is not null) = (status = 'failed')),
  total_communities int not null default 0 check (total_communities >= 0),
  done_communities int not null default 0 check (done_communities between 0 and total_communities),
  -- The last part that is done, and the hash up to there: whoever goes on, goes on from here.
  reached text collate "C" not null default '', chain bytea,
  -- Of those whose whereabouts are hidden nobody is counted.
  fits int not null default 0, confirm int not null default 0, unfit int not null default 0,
  hash text check (hash ~ '^[0-9a-f]{64}$' and (hash is not null) = (status = 'done')),
  -- Null: the night's.
  requested_by uuid references access.post, requested_at timestamptz not null, started_at timestamptz, finished_at timestamptz,
  cancelled_by uuid references access.post check ((cancelled_by is not null) = (status = 'cancelled')),
  expires_on date check ((expires_on is not null) = (status = 'done')),
  constraint what_it_stands_on check (status in ('waiting', 'cancelled', 'failed') or num_nulls(pack_hash, day, known_at, rules, asked, parameters, chain, started_at) = 0));
comment on table outreach.run is '政策找人: a search for everybody whom a matter fits; frozen when it is done';
create unique index one_at_a_time on outreach.run (matter_code, area) where status in ('waiting', 'running');
create index newest_run on outreach.run (matter_code, finished_at desc) where status = 'done';

create table outreach.opt_out (
  person_id uuid not null references people.person on delete cascade, matter_code text not null, since timestamptz not null, ended_at timestamptz, primary key (person_id, matter_code, since));
comment on table outreach.opt_out is '不要找我: somebody does not want to be looked for, for one benefit. She can apply for it at any time';
create unique index let_be_once on outreach.opt_out (person_id, matter_code) where ended_at is null;

create table outreach.found (
  run_id uuid not null references outreach.run on delete cascade, person_id uuid not null references people.person on delete cascade, area text collate "C" not null,
  -- Her whereabouts are hidden: no list of officers names her, no count counts her. She herself is told.
  hidden boolean not null,
  list text not null check (list in ('fits', 'confirm')),
  -- Rules that are not known of her, or by what is presumed of her family alone; and which of these hold if that is confirmed.
  missing text[] not null check ((cardinality(missing) = 0) = (list = 'fits')), presumed text[] not null check (presumed <@ missing),
  amount_fen bigint check (amount_fen > 0), primary key (run_id, person_id));
comment on table outreach.found is 'Whom a search found. Written while it runs, never changed; gone after sixty days or with the next night''s search';
create index found_in_area on outreach.found (run_id, area);
create index found_person on outreach.found (person_id);

create table outreach.run_count (
  run_id uuid not null references outreach.run on delete cascade, area text collate "C" not null references areas.area, list text not null check (list in ('fits', 'confirm', 'unfit')),
  persons int not null check (persons > 0), primary key (run_id, area, list));
comment on table outreach.run_count is 'How many of a community a search put on each list; without those whose whereabouts are hidden';

alter table outreach.run enable row level security;
-- What covers an officer's area, and what lies in it.
create policy in_her_area_and_line on outreach.run for select to app_staff using (
  domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[]) and (
    (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or starts_with((select nullif(current_setting('app.scope', true), '')), area)));
create policy asked_for_in_scope on outreach.run for insert to app_staff with check (
  status = 'waiting' and requested_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy stopped_in_scope on outreach.run for update to app_staff using (
  status in ('waiting', 'running') and domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (status = 'cancelled' and cancelled_by = (select nullif(current_setting('app.post', true), ''))::uuid);
create policy that_may_name_her on outreach.run for select to app_resident using (status = 'done' and (select nullif(current_setting('app.subjects', true), '')) is not null);
create policy worked_on on outreach.run for select to app_system using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy begun_by_night on outreach.run for insert to app_system with check (
  status = 'waiting' and requested_by is null
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy frozen_when_done on outreach.run for update to app_system using (
  status in ('waiting', 'running') and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert (id, matter_code, domain, area, total_communities, requested_by, requested_at), update (status, cancelled_by, finished_at) on outreach.run to app_staff;
grant select (id, matter_code, pack_hash, day, known_at, area, rules, asked, status, finished_at, expires_on) on outreach.run to app_resident;
grant select, insert (id, matter_code, domain, area, total_communities, requested_at),
  update (pack_hash, day, known_at, rules, asked, parameters, status, why, done_communities, reached, chain, fits, confirm, unfit, hash, started_at, finished_at, expires_on)
  on outreach.run to app_system;

alter table outreach.opt_out enable row level security;
create policy own_wish on outreach.opt_out for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy said_by_herself on outreach.opt_out for insert to app_resident with check (
  ended_at is null and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy taken_back_by_herself on outreach.opt_out for update to app_resident
  using (ended_at is null and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])) with check (ended_at is not null);
create policy person_in_scope on outreach.opt_out for select to app_staff using (person_id in (select p.id from people.person p where p.id = person_id));
create policy heeded_by_searches on outreach.opt_out for select to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select, insert, update (ended_at) on outreach.opt_out to app_resident;
grant select on outreach.opt_out to app_staff, app_system;

alter table outreach.found enable row level security;
-- Heeded at once, also by lists that were made before: who does not want to be looked for, and whose whereabouts are hidden since.
create policy found_in_her_area on outreach.found for select to app_staff using (
  not hidden and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  and exists (select from outreach.run r where r.id = run_id and r.status = 'done'
    and not exists (select from outreach.opt_out o where o.person_id = found.person_id and o.matter_code = r.matter_code and o.ended_at is null))
  and exists (select from people.person p where p.id = person_id and not p.safety_flag));
create policy found_herself on outreach.found for select to app_resident using (
  person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) and exists (select from outreach.run r where r.id = run_id));
create policy written_by_its_search on outreach.found for insert to app_system with check (exists (select from outreach.run r where r.id = run_id and r.status = 'running'));
create policy of_its_search on outreach.found for select to app_system using (exists (select from outreach.run r where r.id = run_id));
create policy gone_in_time on outreach.found for delete to app_system using (exists (select from outreach.run r where r.id = run_id));
grant select on outreach.found to app_staff, app_resident;
grant select, insert, delete on outreach.found to app_system;

alter table outreach.run_count enable row level security;
create policy counted_in_her_area on outreach.run_count for select to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  and exists (select from outreach.run r where r.id = run_id and r.status = 'done'));
create policy counted_by_its_search on outreach.run_count for insert to app_system with check (exists (select from outreach.run r where r.id = run_id and r.status = 'running'));
create policy of_its_search on outreach.run_count for select to app_system using (exists (select from outreach.run r where r.id = run_id));
-- Begun anew over another snapshot; what is done keeps its counts.
create policy begun_anew on outreach.run_count for delete to app_system using (exists (select from outreach.run r where r.id = run_id and r.status <> 'done'));
grant select on outreach.run_count to app_staff;
grant select, insert, delete on outreach.run_count to app_system;

create policy told_to_officers on outreach.snapshot for select to app_staff using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select on outreach.snapshot to app_staff;

-- How many communities an area has: the measure of how far a search is.
grant usage on schema areas to app_system;
grant select on areas.area to app_system;
