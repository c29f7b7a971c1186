-- 群防群治: neighbours who agreed to look after their streets, when they go round, and what they were trained in.
create table safety.watch_group (
  id uuid primary key, area text collate "C" not null references areas.area, name text not null check (char_length(name) between 1 and 60), about text not null check (char_length(about) between 1 and 500),
  recorded_at timestamptz not null, recorded_by uuid not null references access.post);
comment on table safety.watch_group is '群防群治队伍: a group of volunteers and the area that it looks after';
create index watch_groups_in_area on safety.watch_group (area);
alter table safety.watch_group enable row level security;
create policy in_her_area on safety.watch_group for select to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy where_she_lives on safety.watch_group for select to app_resident using (starts_with((select nullif(current_setting('app.scope', true), '')), area));
create policy started_in_scope on safety.watch_group for insert to app_staff with check (
  recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert on safety.watch_group to app_staff;
grant select (id, area, name, about) on safety.watch_group to app_resident;

create table safety.watch_member (
  id uuid primary key, group_id uuid not null references safety.watch_group, person_id uuid not null references people.person on delete cascade,
  agreed_at timestamptz not null, how text not null check (how in ('herself', 'paper')), recorded_by uuid references access.post check ((recorded_by is null) = (how = 'herself')),
  left_at timestamptz);
comment on table safety.watch_member is 'Who agreed to be in a group, herself or on paper, and when she left: nobody is in one without having said so';
create unique index member_once on safety.watch_member (group_id, person_id) where left_at is null;
create index member_of on safety.watch_member (person_id);
alter table safety.watch_member enable row level security;
create policy group_in_view on safety.watch_member for select to app_staff using (exists (select from safety.watch_group g where g.id = group_id));
create policy agreed_on_paper on safety.watch_member for insert to app_staff with check (
  how = 'paper' and left_at is null and recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid and exists (select from safety.watch_group g where g.id = group_id)
  and person_id in (select p.id from people.person p where p.id = person_id));
create policy her_own on safety.watch_member for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy agreed_herself on safety.watch_member for insert to app_resident with check (
  how = 'herself' and left_at is null and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) and exists (select from safety.watch_group g where g.id = group_id));
create policy leaves_herself on safety.watch_member for update to app_resident
  using (left_at is null and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])) with check (left_at is not null);
grant select, insert (id, group_id, person_id, agreed_at, how, recorded_by) on safety.watch_member to app_staff;
grant select, insert (id, group_id, person_id, agreed_at, how), update (left_at) on safety.watch_member to app_resident;

create table safety.patrol (
  id uuid primary key, group_id uuid not null references safety.watch_group, starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at and ends_at <= starts_at + interval '1 day'),
  place text not null check (char_length(place) between 1 and 100), needed int not null check (needed between 1 and 50),
  recorded_at timestamptz not null, recorded_by uuid not null references access.post,
  cancelled_at timestamptz, cancelled_by uuid references access.post check ((cancelled_by is null) = (cancelled_at is null)));
comment on table safety.patrol is '巡防班次: when a group goes round and how many it takes';
create index patrols_of on safety.patrol (group_id, starts_at) where cancelled_at is null;
alter table safety.patrol enable row level security;
create policy group_in_view on safety.patrol for select to app_staff using (exists (select from safety.watch_group g where g.id = group_id));
create policy of_her_group on safety.patrol for select to app_resident using (exists (select from safety.watch_member m where m.group_id = patrol.group_id and m.left_at is null));
create policy set_in_scope on safety.patrol for insert to app_staff with check (
  recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid and exists (select from safety.watch_group g where g.id = group_id));
create policy cancelled_in_scope on safety.patrol for update to app_staff using (cancelled_at is null and exists (select from safety.watch_group g where g.id = group_id))
  with check (cancelled_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, group_id, starts_at, ends_at, place, needed, recorded_at, recorded_by), update (cancelled_at, cancelled_by) on safety.patrol to app_staff;
grant select (id, group_id, starts_at, ends_at, place, needed, cancelled_at) on safety.patrol to app_resident;

create table safety.patrol_place (
  patrol_id uuid not null references safety.patrol, person_id uuid not null references people.person on delete cascade, taken_at timestamptz not null, primary key (patrol_id, person_id));
comment on table safety.patrol_place is 'Who said that she goes on a patrol; given up, the row is gone and the patrol shows that it is short of somebody';
create index places_of on safety.patrol_place (person_id);
alter table safety.patrol_place enable row level security;
create policy patrol_in_view on safety.patrol_place for select to app_staff using (exists (select from safety.patrol p where p.id = patrol_id));
create policy her_own on safety.patrol_place for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy taken_by_herself on safety.patrol_place for insert to app_resident with check (
  person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) and exists (select from safety.patrol p where p.id = patrol_id and p.cancelled_at is null));
create policy given_up_by_herself on safety.patrol_place for delete to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
grant select on safety.patrol_place to app_staff;
grant select, insert, delete on safety.patrol_place to app_resident;

create table safety.training (
  id uuid primary key, group_id uuid not null references safety.watch_group, held_on date not null, content text not null check (char_length(content) between 1 and 1000), took_part int not null check (took_part between 1 and 10000),
  recorded_at timestamptz not null, recorded_by uuid not null references access.post);
comment on table safety.training is '培训: when a group was trained, in what, and how many were there';
create index trainings_of on safety.training (group_id, held_on desc);
alter table safety.training enable row level security;
create policy group_in_view on safety.training for select to app_staff using (exists (select from safety.watch_group g where g.id = group_id));
create policy held_in_scope on safety.training for insert to app_staff with check (
  recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid and exists (select from safety.watch_group g where g.id = group_id));
grant select, insert on safety.training to app_staff;

-- How many go on a patrol, for its own group: a member sees how many are missing and nobody's name. Definer: of others she sees no row.
create function safety.places_taken(the_patrol uuid) returns int language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::int from safety.patrol_place t join safety.patrol p on p.id = t.patrol_id where p.id = the_patrol
    and exists (select from safety.watch_member m where m.group_id = p.group_id and m.left_at is null and m.person_id = any(nullif(current_setting('app.subjects', true), '')::uuid[]))
$$;
revoke all on function safety.places_taken(uuid) from public;
grant execute on function safety.places_taken(uuid) to app_resident;
