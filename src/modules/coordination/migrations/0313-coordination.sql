-- 吹哨报到: joint work orders by which a street calls units together.
create schema coordination;
grant usage on schema coordination to app_staff, app_system;

create table coordination.whistle (
  id uuid primary key, number text not null, street text collate "C" not null, area text collate "C" not null references areas.area, incident_id uuid references grid.incident,
  kind text not null, what text not null, place text not null, lead_unit_id uuid not null references access.organisation, blown_by uuid not null, blown_at timestamptz not null,
  status text not null check (status in ('open', 'done', 'closed', 'withdrawn')), open boolean not null generated always as (status in ('open', 'done')) stored,
  parts jsonb not null, ratings jsonb not null default '[]', unit_ids uuid[] not null, waiting_units uuid[] not null, decision_wanted boolean not null default false, rating_wanted boolean not null default false,
  due_at timestamptz, answer_due_at timestamptz, deciders uuid[] not null default '{}', closed_at timestamptz, seq int not null,
  constraint whistle_number_once_a_street unique (street, number),
  constraint whistle_calls_somebody check (jsonb_array_length(parts) > 0 and lead_unit_id = any(unit_ids)),
  constraint who_blew_never_decides check (blown_by <> all(deciders)));
comment on table coordination.whistle is '吹哨: one joint work order and where it stands. Rebuilt from coordination.timeline by a test';
comment on column coordination.whistle.parts is 'Each unit with its task, in the order in which they were called; who has a part now is in waiting_units';
comment on column coordination.whistle.answer_due_at is 'The next answer that nobody above has been told is missing';
create index whistle_worklist on coordination.whistle (area, due_at, id) where open;
create index whistle_by_time on coordination.whistle (area, blown_at desc, id);
create index whistle_unanswered on coordination.whistle (answer_due_at) where answer_due_at is not null;
create index whistle_of_incident on coordination.whistle (incident_id) where incident_id is not null;

create table coordination.timeline (
  whistle_id uuid not null references coordination.whistle, seq int not null, fact text not null, payload jsonb not null,
  actor_kind text not null, account_id text, post_id uuid, schedule text, recorded_at timestamptz not null, effective_at timestamptz not null, primary key (whistle_id, seq));
comment on table coordination.timeline is 'What happened with a whistle, in order, append-only';

create table coordination.counter (street text collate "C" not null, day date not null, n int not null, primary key (street, day));
comment on table coordination.counter is 'Last whistle number of a street and day; touched only by coordination.give_number';
-- The next number of a street and day: S20261124-0007. Definer, since nobody may read or set the counter itself.
create function coordination.give_number() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare the_day date := (new.blown_at at time zone 'Asia/Shanghai')::date; the_n int;
begin
  insert into coordination.counter (street, day, n) values (new.street, the_day, 1)
    on conflict (street, day) do update set n = counter.n + 1 returning n into the_n;
  new.number := 'S' || to_char(the_day, 'YYYYMMDD') || '-' || lpad(the_n::text, greatest(4, length(the_n::text)), '0');
  return new;
end $$;
revoke all on function coordination.give_number() from public;
create trigger number_given before insert on coordination.whistle for each row execute function coordination.give_number();

-- Read and written by the grid line in its own areas; whose part it is, is the use case's check.
alter table coordination.whistle enable row level security;
create policy whistle_in_view on coordination.whistle for select to app_staff, app_system using (
  'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy whistle_moved_in_scope on coordination.whistle for update to app_staff, app_system using (
  'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy whistle_blown_in_scope on coordination.whistle for insert to app_staff with check (
  status = 'open' and seq = 1 and deciders = '{}' and ratings = '[]' and street = left(area, 9)
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select on coordination.whistle to app_staff, app_system;
grant insert (id, street, area, incident_id, kind, what, place, lead_unit_id, blown_by, blown_at, status, parts, unit_ids, waiting_units, due_at, answer_due_at, seq) on coordination.whistle to app_staff;
grant update (lead_unit_id, status, parts, ratings, unit_ids, waiting_units, decision_wanted, rating_wanted, due_at, answer_due_at, deciders, closed_at, seq) on coordination.whistle to app_staff;
-- A sweep tells who is above, and does nothing else.
grant update (parts, decision_wanted, answer_due_at, seq) on coordination.whistle to app_system;

alter table coordination.timeline enable row level security;
create policy facts_in_view on coordination.timeline for select to app_staff, app_system using (exists (select from coordination.whistle w where w.id = whistle_id));
create policy facts_of_ones_own_act on coordination.timeline for insert to app_staff with check (actor_kind = 'staff' and post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and exists (select from coordination.whistle w where w.id = whistle_id));
create policy facts_of_a_sweep on coordination.timeline for insert to app_system with check (actor_kind = 'system' and fact = 'escalated' and post_id is null
  and exists (select from coordination.whistle w where w.id = whistle_id));
grant select, insert on coordination.timeline to app_staff, app_system;
