-- 突发事件: what happened, as reports say it, and who was told when. The row is what its timeline made of it.
create schema safety;
grant usage on schema safety to app_staff, app_resident, app_public, app_system;
create table safety.event (
  id uuid primary key, area text collate "C" not null references areas.area, kind text not null,
  -- When it happened may not be known; when the street learnt of it is, and most clocks run from there.
  happened_at timestamptz, learnt_at timestamptz not null, check (happened_at <= learnt_at),
  status text not null default 'open' check (status in ('open', 'final', 'closed')),
  level text, response text, found jsonb not null, reports int not null check (reports >= 1),
  opened_at timestamptz not null, opened_by uuid not null references access.post, seq int not null check (seq >= 1));
comment on table safety.event is '突发事件: where it stands, from its timeline. What nobody knows yet is null in it, never zero';
create index events_in_area on safety.event (area, opened_at desc);
alter table safety.event enable row level security;
-- Of the post's area, and of a larger one around it.
create policy in_her_area on safety.event for select to app_staff using (
  (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  or starts_with((select nullif(current_setting('app.scope', true), '')), area));
create policy opened_in_scope on safety.event for insert to app_staff with check (
  opened_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy worked_on_in_scope on safety.event for update to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert, update (status, level, response, found, reports, seq) on safety.event to app_staff;

create table safety.event_fact (
  event_id uuid not null references safety.event, seq int not null check (seq >= 1), fact text not null, payload jsonb not null,
  account_id text not null, post_id uuid not null references access.post, recorded_at timestamptz not null, primary key (event_id, seq));
comment on table safety.event_fact is 'Everything reported, told and done about an event, in order; nothing in it is changed or removed, a late report least of all';
alter table safety.event_fact enable row level security;
create policy event_in_view on safety.event_fact for select to app_staff using (exists (select from safety.event e where e.id = event_id));
create policy written_in_scope on safety.event_fact for insert to app_staff with check (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid and account_id = (select nullif(current_setting('app.account', true), ''))
  and exists (select from safety.event e where e.id = event_id and event_fact.seq <= e.seq
    and e.area >= (select nullif(current_setting('app.scope', true), '')) and e.area < (select nullif(current_setting('app.scope', true), '') || '~')));
grant select, insert on safety.event_fact to app_staff;
