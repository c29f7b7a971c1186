-- 网格: grids, what lies in them, what is reported and what came of it.
create schema grid;
grant usage on schema grid to app_staff, app_resident, app_public, app_system;

create table grid.grid (
  id uuid primary key, code text not null unique, name text not null, area text collate "C" not null references areas.area,
  boundary jsonb not null, crs text not null check (crs in ('CGCS2000', 'WGS84', 'GCJ02')), west float8 not null, south float8 not null, east float8 not null, north float8 not null, valid_from date not null, valid_to date,
  source text not null, demo boolean not null default false, recorded_at timestamptz not null, recorded_by uuid references access.post,
  constraint dates_in_order check (valid_to is null or valid_to >= valid_from), constraint of_a_community check (length(area) = 12));
comment on table grid.grid is '网格: a part of one community, with its boundary as GeoJSON in the system that it was delivered in. A change ends a row and begins another';
comment on column grid.grid.west is 'With south, east and north the box around it in WGS84 degrees, to find it by a point';
create index grid_of_area on grid.grid (area) where valid_to is null;
create index grid_near on grid.grid using gist (box(point(west, south), point(east, north))) where valid_to is null;

create table grid.crossing (id uuid primary key, name text not null, street text collate "C" not null references areas.area, lon float8 not null, lat float8 not null, source text not null, demo boolean not null default false);
comment on table grid.crossing is 'Crossings and other public points: what outsiders are shown in place of where somebody stood';
create index crossing_near on grid.crossing using gist (point(lon, lat));

create table grid.facility (
  id uuid primary key, token uuid not null unique, code text not null unique, class_code text not null, name text not null, area text collate "C" not null references areas.area, grid_id uuid references grid.grid,
  lon float8 not null, lat float8 not null, crs text not null check (crs in ('CGCS2000', 'WGS84', 'GCJ02')), source text not null, demo boolean not null default false,
  recorded_at timestamptz not null, ended_at timestamptz);
comment on table grid.facility is '部件: a lamp, a cover, a bench; its QR code holds the token. Public knowledge';
create index facility_in_area on grid.facility (area, class_code) where ended_at is null;
create index facility_near on grid.facility using gist (point(lon, lat)) where ended_at is null;

create table grid.dwelling_grid (dwelling_id uuid primary key references people.dwelling, grid_id uuid not null references grid.grid, area text collate "C" not null, recorded_at timestamptz not null, recorded_by uuid references access.post);
comment on table grid.dwelling_grid is 'Each home lies in exactly one grid: what has no row is a gap, and is shown as one';
create index homes_of_grid on grid.dwelling_grid (grid_id);

create table grid.incident (
  id uuid primary key, public_id uuid not null unique, number text not null, street text collate "C" not null, area text collate "C" not null references areas.area, grid_id uuid references grid.grid,
  channel text not null check (channel in ('page', 'worker', 'phone', 'open311', 'inspection')), class_code text not null, condition text, level text not null check (level in ('A', 'B', 'C')),
  pack_hash text not null references matters.pack (hash), facility_id uuid references grid.facility,
  lon float8, lat float8, crs text check (crs in ('CGCS2000', 'WGS84', 'GCJ02')), shown_lon float8, shown_lat float8, shown_place text,
  reported_at timestamptz not null, status text not null check (status in ('reported', 'verified', 'filed', 'dispatched', 'handling', 'hung', 'handled', 'checked', 'closed', 'not_filed', 'void', 'linked')),
  open boolean not null generated always as (status not in ('closed', 'not_filed', 'void', 'linked')) stored,
  shown boolean not null default false, title text, parent_id uuid references grid.incident, round int not null default 1,
  unit_id uuid references access.organisation, verified_by uuid, filed_by uuid, dispatched_by uuid, handled_by uuid,
  stage_due_at timestamptz, due_at timestamptz, due_provisional boolean not null default false, pauses jsonb not null default '[]', extension jsonb,
  handled_at timestamptz, checked_at timestamptz, word_by timestamptz, closed_at timestamptz, outcome text check (outcome in ('confirmed', 'checked', 'unconfirmed', 'not_solved')), was_late boolean not null default false, seq int not null,
  constraint number_once_a_street unique (street, number),
  constraint place_is_whole check ((lon is null) = (lat is null) and (lon is null) = (crs is null)),
  constraint outcome_of_what_closed check ((status = 'closed') = (outcome is not null)),
  constraint linked_to_another check ((status = 'linked') = (parent_id is not null) and parent_id is distinct from id),
  -- 两级分离: nobody sends out what she let in.
  constraint who_verifies_never_dispatches check (dispatched_by is null or (dispatched_by is distinct from verified_by and dispatched_by is distinct from filed_by)));
comment on table grid.incident is '事件: one thing to be put right, and where it stands. Rebuilt from grid.timeline by a test';
comment on column grid.incident.shown_lon is 'What outsiders see: the public facility''s own point, else the nearest crossing';
comment on column grid.incident.title is 'A few words by an officer, the only free text that outsiders see';
comment on column grid.incident.was_late is 'Its date went by before it was handed in, in whichever round';
create index incident_worklist on grid.incident (area, stage_due_at, id) include (status, class_code, unit_id) where open;
create index incident_of_unit on grid.incident (unit_id, due_at, id) where open;
create index incident_open_near on grid.incident using gist (point(shown_lon, shown_lat)) where open and shown;
create index incident_near on grid.incident using gist (point(lon, lat)) where open;
create index incident_shown on grid.incident (area, reported_at desc, id) where shown;
create index incident_by_time on grid.incident (reported_at desc, id) where shown;
create index incident_children on grid.incident (parent_id) where parent_id is not null;
create index incident_waits_for_word on grid.incident (word_by) where status = 'checked';

create table grid.report (
  id uuid primary key, token uuid not null unique, incident_id uuid not null references grid.incident, channel text not null, sealed bytea not null, said_again_sealed bytea,
  account_id text, person_id uuid references people.person on delete set null, post_id uuid references access.post, api_key_id uuid,
  lon float8, lat float8, crs text, seen_at timestamptz not null, reported_at timestamptz not null, stripped_at timestamptz);
comment on table grid.report is '上报: what one person said, sealed, with whoever she is; all who reported the same stay subscribed to it';
comment on column grid.report.seen_at is 'By the clock of the device; reported_at is ours';
create index reports_of_incident on grid.report (incident_id, reported_at);
create index reports_of_account on grid.report (account_id, reported_at desc) where account_id is not null;

create table grid.timeline (
  incident_id uuid not null references grid.incident, seq int not null, fact text not null, payload jsonb not null,
  actor_kind text not null, account_id text, post_id uuid, schedule text, recorded_at timestamptz not null, effective_at timestamptz not null, primary key (incident_id, seq));
comment on table grid.timeline is 'What happened with an incident, in order, append-only';

create table grid.photo (
  id uuid primary key, report_id uuid references grid.report, incident_id uuid not null references grid.incident, fact_seq int, file_id uuid not null references documents.file, sha256 bytea not null,
  shown boolean not null default false, added_at timestamptz not null, post_id uuid references access.post);
comment on table grid.photo is 'Photos of a report or of an act. Outsiders see one only after an officer has said that nobody can be made out in it';
create index photos_of_incident on grid.photo (incident_id, added_at);
create index photo_again on grid.photo (sha256);

create table grid.counter (street text collate "C" not null, day date not null, n int not null, primary key (street, day));
comment on table grid.counter is 'Last incident number of a street and day; touched only by grid.give_number';
create function grid.give_number() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare the_day date := (new.reported_at at time zone 'Asia/Shanghai')::date; the_n int;
begin
  insert into grid.counter (street, day, n) values (new.street, the_day, 1)
    on conflict (street, day) do update set n = counter.n + 1 returning n into the_n;
  new.number := 'W' || to_char(the_day, 'YYYYMMDD') || '-' || lpad(the_n::text, greatest(4, length(the_n::text)), '0');
  return new;
end $$;
revoke all on function grid.give_number() from public;
create trigger number_given before insert on grid.incident for each row execute function grid.give_number();

-- Read and written by the grid line in its own areas; which unit has it in hand is the use case's check.
alter table grid.incident enable row level security;
create policy incident_in_view on grid.incident for select to app_staff, app_system using (
  'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy incident_moved_in_scope on grid.incident for update to app_staff, app_system using (
  'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy incident_reported_by_anybody on grid.incident for insert to app_public, app_resident with check (
  status = 'reported' and seq = 1 and round = 1 and not shown and title is null and channel in ('page', 'open311') and street = left(area, 9));
create policy incident_reported_in_scope on grid.incident for insert to app_staff with check (
  status = 'reported' and seq = 1 and round = 1 and not shown and title is null and channel in ('worker', 'phone', 'inspection') and street = left(area, 9)
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant insert (id, public_id, street, area, grid_id, channel, class_code, level, pack_hash, facility_id, lon, lat, crs, shown_lon, shown_lat, shown_place, reported_at, status, stage_due_at, due_provisional, seq)
  on grid.incident to app_staff, app_resident, app_public;
grant select on grid.incident to app_staff, app_system;
grant update (class_code, condition, level, pack_hash, status, shown, title, parent_id, round, unit_id, verified_by, filed_by, dispatched_by, handled_by, stage_due_at, due_at, due_provisional, pauses, extension, was_late,
  handled_at, checked_at, word_by, closed_at, outcome, seq) on grid.incident to app_staff;
grant update (status, stage_due_at, due_at, due_provisional, word_by, closed_at, outcome, seq) on grid.incident to app_system;

alter table grid.report enable row level security;
create policy report_of_incident_in_view on grid.report for select to app_staff, app_system using (exists (select from grid.incident i where i.id = incident_id));
create policy report_is_own on grid.report for select to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')));
create policy reported_by_self on grid.report for insert to app_resident with check (post_id is null
  and account_id = (select nullif(current_setting('app.account', true), '')) and (person_id is null or person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])));
create policy reported_by_stranger on grid.report for insert to app_public with check (post_id is null and account_id is null and person_id is null);
create policy reported_by_officer on grid.report for insert to app_staff with check (account_id is null and person_id is null
  and post_id = (select nullif(current_setting('app.post', true), ''))::uuid);
grant insert (id, token, incident_id, channel, sealed, account_id, person_id, post_id, lon, lat, crs, seen_at, reported_at) on grid.report to app_staff, app_resident, app_public;
grant select on grid.report to app_staff, app_resident, app_system;
create policy report_let_go on grid.report for update to app_system using (exists (select from grid.incident i where i.id = incident_id));
grant update (sealed, said_again_sealed, account_id, person_id, stripped_at) on grid.report to app_system;

alter table grid.timeline enable row level security;
create policy facts_in_view on grid.timeline for select to app_staff, app_system using (exists (select from grid.incident i where i.id = incident_id));
create policy facts_of_ones_own_act on grid.timeline for insert to app_staff with check (actor_kind = 'staff' and post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and exists (select from grid.incident i where i.id = incident_id));
create policy facts_of_a_sweep on grid.timeline for insert to app_system with check (actor_kind = 'system' and post_id is null and exists (select from grid.incident i where i.id = incident_id));
create policy first_fact on grid.timeline for insert to app_resident, app_public with check (seq = 1 and fact = 'reported' and post_id is null and schedule is null and account_id is null);
grant select, insert on grid.timeline to app_staff, app_system;
grant insert on grid.timeline to app_resident, app_public;

alter table grid.photo enable row level security;
create policy photo_in_view on grid.photo for select to app_staff, app_system using (exists (select from grid.incident i where i.id = incident_id));
create policy photo_of_own_report on grid.photo for select to app_resident using (report_id is not null and exists (select from grid.report r where r.id = report_id));
create policy photo_with_report on grid.photo for insert to app_resident, app_public with check (report_id is not null and fact_seq is null and not shown and post_id is null
  and exists (select from grid.report r where r.id = report_id and r.incident_id = photo.incident_id));
create policy photo_by_officer on grid.photo for insert to app_staff with check (not shown and post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and exists (select from grid.incident i where i.id = incident_id));
create policy photo_cleared on grid.photo for update to app_staff using (exists (select from grid.incident i where i.id = incident_id));
grant select, insert, update (shown) on grid.photo to app_staff;
grant select on grid.photo to app_resident, app_system;
grant insert on grid.photo to app_resident, app_public;

-- Public knowledge: anybody reads it; only the grid line of the area writes it.
alter table grid.grid enable row level security;
alter table grid.crossing enable row level security;
alter table grid.facility enable row level security;
create policy grids_are_public on grid.grid for select to app_staff, app_resident, app_public, app_system using (true);
create policy crossings_are_public on grid.crossing for select to app_staff, app_resident, app_public, app_system using (true);
create policy facilities_are_public on grid.facility for select to app_staff, app_resident, app_public, app_system using (true);
create policy grid_drawn_in_scope on grid.grid for insert to app_staff with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy grid_ended_in_scope on grid.grid for update to app_staff using ('grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select on grid.grid, grid.crossing, grid.facility to app_staff, app_resident, app_public, app_system;
grant insert (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at, recorded_by), update (valid_to) on grid.grid to app_staff;
alter table grid.dwelling_grid enable row level security;
create policy home_in_view on grid.dwelling_grid for select to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy home_put_in_scope on grid.dwelling_grid for insert to app_staff with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy home_moved_in_scope on grid.dwelling_grid for update to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert, update (grid_id, recorded_at, recorded_by) on grid.dwelling_grid to app_staff;
