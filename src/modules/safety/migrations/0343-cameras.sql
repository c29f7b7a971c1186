-- 公共视频: the register of cameras that everybody may read, and requests for what they recorded. No picture is in this database.
create table safety.camera (
  id uuid primary key, area text collate "C" not null references areas.area, place text not null check (char_length(place) between 1 and 200),
  purpose text not null, keeper text not null check (char_length(keeper) between 1 and 100), contact text not null check (char_length(contact) between 1 and 60),
  retention_days int not null check (retention_days between 1 and 3650), sign boolean not null, basis text not null check (char_length(basis) between 1 and 200),
  recorded_at timestamptz not null, recorded_by uuid not null references access.post, replaces uuid references safety.camera,
  status text not null default 'current' check (status in ('current', 'replaced', 'removed')),
  ended_at timestamptz, ended_by uuid references access.post, ended_why text check (char_length(ended_why) <= 500),
  constraint ended_by_somebody check ((status = 'current') = (ended_at is null) and num_nulls(ended_at, ended_by) in (0, 2)));
comment on table safety.camera is '公共视频登记: where a camera is, what for, who keeps it, how long, whether a sign says so. An entry is never changed, another takes its place';
create index cameras_in_area on safety.camera (area, id) where status = 'current';
alter table safety.camera enable row level security;
create policy in_her_area on safety.camera for select to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy registered_in_scope on safety.camera for insert to app_staff with check (
  status = 'current' and recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy ended_in_scope on safety.camera for update to app_staff using (
  status = 'current' and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (ended_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, area, place, purpose, keeper, contact, retention_days, sign, basis, recorded_at, recorded_by, replaces),
  update (status, ended_at, ended_by, ended_why) on safety.camera to app_staff;

create table safety.footage_request (
  id uuid primary key, camera_id uuid not null references safety.camera, area text collate "C" not null references areas.area,
  -- A resident about herself, or an organ with the number of its paper.
  asker text not null check (asker in ('self', 'organ')), person_id uuid references people.person on delete cascade,
  organ text check (char_length(organ) between 1 and 100), organ_number text check (char_length(organ_number) between 1 and 60),
  from_at timestamptz not null, to_at timestamptz not null check (to_at > from_at), reason text not null check (char_length(reason) between 1 and 1000),
  received_at timestamptz not null, received_by uuid references access.post, receiver_id uuid references access.officer, due_on date not null,
  status text not null default 'waiting' check (status in ('waiting', 'approved', 'refused', 'withdrawn')),
  decided_at timestamptz, decided_by uuid references access.post, decider_id uuid references access.officer check (decider_id <> receiver_id), reasons text check (char_length(reasons) between 1 and 1000),
  constraint who_asks check ((asker = 'self') = (person_id is not null) and (asker = 'organ') = (organ is not null) and (asker = 'organ') = (organ_number is not null)
    and (asker = 'organ') = (received_by is not null) and num_nulls(received_by, receiver_id) in (0, 2)),
  constraint decided_with_reasons check (case when status in ('approved', 'refused') then num_nulls(decided_at, decided_by, decider_id, reasons) = 0 else num_nulls(decided_by, decider_id, reasons) = 3 end));
comment on table safety.footage_request is '调取申请: who asks for what a camera recorded, on what basis, and what a named officer decided';
create index footage_in_area on safety.footage_request (area, received_at desc);
create index footage_of_person on safety.footage_request (person_id) where person_id is not null;
-- One at a time for one camera: a form sent again and again is one request.
create unique index one_running on safety.footage_request (person_id, camera_id) where status = 'waiting' and person_id is not null;
alter table safety.footage_request enable row level security;
create policy in_her_area on safety.footage_request for select to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy her_own on safety.footage_request for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy asked_by_herself on safety.footage_request for insert to app_resident with check (
  status = 'waiting' and asker = 'self' and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy asked_by_organ on safety.footage_request for insert to app_staff with check (
  status = 'waiting' and asker = 'organ' and received_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy decided_in_scope on safety.footage_request for update to app_staff using (
  status = 'waiting' and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (status in ('approved', 'refused') and decided_by = (select nullif(current_setting('app.post', true), ''))::uuid);
create policy taken_back_by_herself on safety.footage_request for update to app_resident
  using (status = 'waiting' and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])) with check (status = 'withdrawn');
grant select, insert (id, camera_id, area, asker, organ, organ_number, from_at, to_at, reason, received_at, received_by, receiver_id, due_on),
  update (status, decided_at, decided_by, decider_id, reasons) on safety.footage_request to app_staff;
grant select, insert (id, camera_id, area, asker, person_id, from_at, to_at, reason, received_at, due_on), update (status, decided_at) on safety.footage_request to app_resident;

create table safety.footage_handout (
  id uuid primary key, request_id uuid not null references safety.footage_request on delete cascade, at timestamptz not null,
  how text not null check (how in ('viewed', 'copy')), receiver text not null check (char_length(receiver) between 1 and 100), post_id uuid not null references access.post, recorded_at timestamptz not null);
comment on table safety.footage_handout is 'Each time that recorded footage was shown or handed out, to whom and by whom';
create index handouts_of on safety.footage_handout (request_id, at);
alter table safety.footage_handout enable row level security;
create policy request_in_view on safety.footage_handout for select to app_staff, app_resident using (exists (select from safety.footage_request r where r.id = request_id));
create policy handed_out_in_scope on safety.footage_handout for insert to app_staff with check (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid and exists (select from safety.footage_request r where r.id = request_id and r.status = 'approved'));
grant select, insert on safety.footage_handout to app_staff;
grant select on safety.footage_handout to app_resident;

-- What everybody may read of the register. Definer: the public has no area. Who wrote an entry is not in it.
create function safety.shown_cameras(within text, the_id uuid, most int, skip int) returns table (id uuid, area text, place text, purpose text, keeper text, contact text,
  retention_days int, sign boolean, basis text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.area, c.place, c.purpose, c.keeper, c.contact, c.retention_days, c.sign, c.basis, c.recorded_at
  from safety.camera c where c.status = 'current' and starts_with(c.area, within) and (the_id is null or c.id = the_id) order by c.area, c.place, c.id limit least(most, 1000) offset skip
$$;
-- Numbers of requests by year, asker and outcome; whoever shows them withholds small ones.
create function safety.footage_counts() returns table (year int, asker text, status text, n int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select extract(year from r.received_at at time zone 'Asia/Shanghai')::int, r.asker, r.status, count(*)::int from safety.footage_request r group by 1, 2, 3 order by 1 desc, 2, 3
$$;
revoke all on function safety.shown_cameras(text, uuid, int, int), safety.footage_counts() from public;
grant execute on function safety.shown_cameras(text, uuid, int, int), safety.footage_counts() to app_public, app_resident, app_staff;

-- She is told that it was decided, by who decided it.
create policy told_of_footage on messages.message for insert to app_staff with check (case_id is null and kind = 'footage_decided'
  and exists (select from safety.footage_request r where r.id = (params->>'request')::uuid and r.person_id = message.person_id and r.decided_by = (select nullif(current_setting('app.post', true), ''))::uuid));
