-- Who was looked up while a warning held, and what came of it. Who is to be looked up is kept nowhere: it is asked of the registers each time.
create table safety.visit (
  id uuid primary key, broadcast_id uuid not null references safety.broadcast, person_id uuid not null references people.person on delete cascade,
  area text collate "C" not null, result text not null check (result in ('told', 'not_home', 'needs_help')),
  -- What kind of help, so that somebody brings it; never of what she is ill.
  need text check (need in ('shelter', 'carrying', 'medicine', 'food', 'other') and (need is not null) = (result = 'needs_help')),
  at timestamptz not null, post_id uuid not null references access.post);
comment on table safety.visit is '上门看望: what came of looking somebody up while a warning held. Gone a month after its end';
create index visits_of on safety.visit (broadcast_id, person_id, at desc);
alter table safety.visit enable row level security;
create policy in_her_area on safety.visit for select to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy made_in_scope on safety.visit for insert to app_staff with check (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  and person_id in (select p.id from people.person p where p.id = person_id) and exists (select from safety.broadcast b where b.id = broadcast_id and b.issued_at is not null));
create policy seen_to_be_removed on safety.visit for select to app_system using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy gone_in_time on safety.visit for delete to app_system using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert on safety.visit to app_staff;
grant select (id, area, at), delete on safety.visit to app_system;
