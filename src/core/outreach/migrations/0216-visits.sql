-- What came of it when somebody was looked for: nobody is visited twice for nothing, and nobody who does not want it.
create table outreach.visit (
  id uuid primary key, person_id uuid not null references people.person on delete cascade, matter_code text not null, domain text not null, area text collate "C" not null,
  result text not null check (result in ('told', 'not_home', 'not_wanted')), at timestamptz not null, post_id uuid not null references access.post);
comment on table outreach.visit is '上门: what came of looking somebody up whom a search found. Gone after as many days as a list is kept';
create index visits_of on outreach.visit (person_id, matter_code, at desc);
alter table outreach.visit enable row level security;
create policy in_her_area_and_line on outreach.visit for select to app_staff using (
  domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy made_in_scope on outreach.visit for insert to app_staff with check (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid and domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  and person_id in (select p.id from people.person p where p.id = person_id));
create policy seen_to_be_removed on outreach.visit for select to app_system using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy gone_in_time on outreach.visit for delete to app_system using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert on outreach.visit to app_staff;
grant select (id, area, at), delete on outreach.visit to app_system;
