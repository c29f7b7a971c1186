-- 隐患: one thing that is dangerous somewhere, from who saw it to the look that it has not come back.
create schema hazards;
grant usage on schema hazards to app_staff, app_resident, app_system;
create table hazards.hazard (
  id uuid primary key, number text not null, street text collate "C" not null,
  area text collate "C" not null references areas.area, handling_area text collate "C" not null references areas.area,
  domain text not null, kind text not null, grade text check (grade in ('general', 'serious')),
  place_kind text check (place_kind in ('shop', 'building', 'home', 'public')), place text not null, found text,
  status text not null check (status in ('reported', 'registered', 'told', 'rectifying', 'rectified', 'passed', 'struck_off', 'closed', 'dismissed')),
  open boolean not null generated always as (status not in ('closed', 'dismissed')) stored,
  transfer jsonb, items jsonb, standing_order jsonb, clock jsonb,
  due_at timestamptz, due_provisional boolean not null default false, told_due_at timestamptz, look_from date, awaits text[] not null default '{}',
  registered_by uuid, said_done_by uuid, rechecked_by uuid,
  papers int not null default 0, came_back int not null default 0, failed int not null default 0,
  same_as uuid references hazards.hazard, answer text,
  opened_by uuid references access.post, opened_at timestamptz not null, struck_off_at timestamptz, ended_at timestamptz, seq int not null,
  constraint number_once_a_street unique (street, number),
  constraint a_place_belongs_to_its_street check (street = left(area, 9) and starts_with(area, handling_area)),
  constraint registered_is_graded check (status in ('reported', 'dismissed') or (grade is not null and place_kind is not null and found is not null)),
  -- 五落实: all five before the repair begins.
  constraint five_items_before_repair check (status not in ('rectifying', 'rectified', 'passed', 'struck_off')
    or (items->>'person' ~ '\S' and items->>'measures' ~ '\S' and items->>'funds' ~ '\S' and items->>'until' ~ '\S' and items->>'plan' ~ '\S') is true),
  constraint recheck_by_another check (rechecked_by is null or (rechecked_by is distinct from registered_by and rechecked_by is distinct from said_done_by)),
  constraint ended_has_its_time check ((ended_at is not null) = (status in ('closed', 'dismissed'))));
comment on table hazards.hazard is '隐患: where it stands now. Rebuilt from hazards.timeline by a test. It names a place and nobody: who answers for the place is in hazards.keeper, who reported it in hazards.report';
comment on column hazards.hazard.awaits is 'Acts that take it on from here, written with each act';
comment on column hazards.hazard.registered_by is 'Officer; she does not recheck it';
comment on column hazards.hazard.clock is 'Which limit of the pack runs and since which day, so that a provisional date can be computed again; null where the date is its own';
create index hazard_due on hazards.hazard (handling_area, due_at, id) where open;
create index hazard_of_area on hazards.hazard (area, due_at, id) where open;
create index hazard_of_street on hazards.hazard (area, opened_at desc);

create table hazards.timeline (
  hazard_id uuid not null references hazards.hazard, seq int not null, fact text not null, payload jsonb not null,
  actor_kind text not null, account_id text, post_id uuid, schedule text,
  recorded_at timestamptz not null, effective_at timestamptz not null, primary key (hazard_id, seq));
comment on table hazards.timeline is 'What happened to a hazard, in order, append-only. Of a report it says that somebody reported, never who';

create table hazards.keeper (
  hazard_id uuid primary key references hazards.hazard, person_id uuid references people.person on delete cascade, name_sealed bytea not null, recorded_at timestamptz not null);
comment on table hazards.keeper is 'Who answers for the place: a name, sealed, and the person where she is known. Each look is on record for her';
create index keeper_person on hazards.keeper (person_id) where person_id is not null;

create table hazards.report (
  hazard_id uuid primary key references hazards.hazard, account_id text not null, words_sealed bytea not null, made_at timestamptz not null);
comment on table hazards.report is 'Who reported a hazard, seen by nobody but herself, and her words, sealed, for the inspector';
create index report_of_account on hazards.report (account_id, made_at desc);

create table hazards.counter (street text collate "C" not null, day date not null, n int not null, primary key (street, day));
comment on table hazards.counter is 'Last hazard number of a street and day; touched only by hazards.give_number';

alter table hazards.hazard enable row level security;
create policy hazard_in_view on hazards.hazard for select to app_staff, app_system using (
  domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[]) and (
    (handling_area >= (select nullif(current_setting('app.scope', true), '')) and handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))));
create policy hazard_registered_in_scope on hazards.hazard for insert to app_staff with check (
  status = 'registered' and seq = 2 and opened_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
-- What a street has in hand is also its communities' inspectors' to write; what the organ has in hand is the organ's. Handed over, it is
-- still in the view of who sent it.
create policy hazard_in_hand on hazards.hazard for update to app_staff, app_system
  using (domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[]) and (
    (handling_area >= (select nullif(current_setting('app.scope', true), '')) and handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (length(handling_area) = 9 and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))))
  with check (domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert (id, street, area, handling_area, domain, kind, grade, place_kind, place, found, status, clock, due_at, due_provisional, told_due_at, awaits,
  registered_by, opened_by, opened_at, seq) on hazards.hazard to app_staff;
grant update (handling_area, domain, kind, grade, place_kind, place, found, status, transfer, items, standing_order, clock, due_at, due_provisional, told_due_at,
  look_from, awaits, registered_by, said_done_by, rechecked_by, papers, came_back, failed, same_as, answer, struck_off_at, ended_at, seq) on hazards.hazard to app_staff;
grant select, update (due_at, due_provisional, told_due_at, seq) on hazards.hazard to app_system;

alter table hazards.timeline enable row level security;
create policy hazard_in_view on hazards.timeline for select to app_staff, app_system using (exists (select from hazards.hazard h where h.id = hazard_id));
create policy officers_facts on hazards.timeline for insert to app_staff with check (
  actor_kind = 'staff' and account_id = (select nullif(current_setting('app.account', true), ''))
  and post_id = (select nullif(current_setting('app.post', true), ''))::uuid and schedule is null and fact not in ('reported', 'due_recomputed')
  and exists (select from hazards.hazard h where h.id = hazard_id and timeline.seq <= h.seq));
create policy facts_of_time on hazards.timeline for insert to app_system with check (
  actor_kind = 'system' and account_id is null and post_id is null and schedule is not null and fact = 'due_recomputed'
  and exists (select from hazards.hazard h where h.id = hazard_id and timeline.seq <= h.seq));
grant select, insert on hazards.timeline to app_staff, app_system;

alter table hazards.keeper enable row level security;
create policy hazard_in_view on hazards.keeper for select to app_staff, app_system using (exists (select from hazards.hazard h where h.id = hazard_id));
create policy keeper_of_hazard_in_view on hazards.keeper for insert to app_staff with check (exists (select from hazards.hazard h where h.id = hazard_id and h.open));
create policy keeper_forgotten on hazards.keeper for delete to app_system using (exists (select from hazards.hazard h where h.id = hazard_id and not h.open));
grant select, insert on hazards.keeper to app_staff;
grant select (hazard_id), delete on hazards.keeper to app_system;

alter table hazards.report enable row level security;
create policy report_is_own on hazards.report for select to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')));
create policy words_of_hazard_in_view on hazards.report for select to app_staff, app_system using (exists (select from hazards.hazard h where h.id = hazard_id));
create policy words_forgotten on hazards.report for delete to app_system using (exists (select from hazards.hazard h where h.id = hazard_id and not h.open));
grant select on hazards.report to app_resident;
-- An officer reads what was written and never by whom.
grant select (hazard_id, words_sealed, made_at) on hazards.report to app_staff;
grant select (hazard_id), delete on hazards.report to app_system;

-- The next number of a street and day: H20261124-0007. Definer, since nobody may read or set the counter itself.
create function hazards.give_number() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare for_day date := (new.opened_at at time zone 'Asia/Shanghai')::date;
begin
  insert into hazards.counter as c (street, day, n) values (new.street, for_day, 1)
  on conflict (street, day) do update set n = c.n + 1
  returning 'H' || to_char(for_day, 'YYYYMMDD') || '-' || lpad(c.n::text, greatest(4, length(c.n::text)), '0') into new.number;
  return new;
end $$;
revoke all on function hazards.give_number() from public;
create trigger numbered before insert on hazards.hazard for each row when (new.number is null) execute function hazards.give_number();

-- The hazards that a resident follows: those that she reported, and those that hers turned out to be the same as. Definer, since
-- she sees no other.
create function hazards.followed() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.hazard_id from hazards.report r where r.account_id = nullif(current_setting('app.account', true), '')
  union select h.same_as from hazards.report r join hazards.hazard h on h.id = r.hazard_id
    where r.account_id = nullif(current_setting('app.account', true), '') and h.same_as is not null $$;
revoke all on function hazards.followed() from public;
grant execute on function hazards.followed() to app_resident;
create policy hazard_is_followed on hazards.hazard for select to app_resident using (id in (select hazards.followed()));
create policy facts_are_followed on hazards.timeline for select to app_resident using (hazard_id in (select hazards.followed()));
grant select (id, number, area, domain, kind, grade, place, status, due_at, due_provisional, same_as, answer, opened_at, struck_off_at, ended_at, handling_area) on hazards.hazard to app_resident;
grant select (hazard_id, seq, fact, recorded_at) on hazards.timeline to app_resident;

-- A resident reports: the hazard, her report, and a fact that names nobody, all three or none. Definer, since she writes to no table
-- of this room. @returns the number, or null without an account
create function hazards.report_it(new_id uuid, the_area text, the_kind text, the_line text, the_place text, the_words bytea, the_clock jsonb, the_due timestamptz,
  is_provisional boolean, the_fact jsonb, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare the_account text := nullif(current_setting('app.account', true), ''); the_number text;
begin
  if the_account is null or length(the_area) <> 12 then return null; end if;
  insert into hazards.hazard (id, street, area, handling_area, domain, kind, place, status, clock, due_at, due_provisional, told_due_at, awaits, opened_at, seq)
    values (new_id, left(the_area, 9), the_area, left(the_area, 9), the_line, the_kind, the_place, 'reported', the_clock, the_due, is_provisional, the_due, '{inspect}', at, 1)
    returning number into the_number;
  insert into hazards.report (hazard_id, account_id, words_sealed, made_at) values (new_id, the_account, the_words, at);
  insert into hazards.timeline (hazard_id, seq, fact, payload, actor_kind, recorded_at, effective_at) values (new_id, 1, 'reported', the_fact, 'reporter', at, at);
  return the_number;
end $$;
revoke all on function hazards.report_it(uuid, text, text, text, text, bytea, jsonb, timestamptz, boolean, jsonb, timestamptz) from public;
grant execute on function hazards.report_it(uuid, text, text, text, text, bytea, jsonb, timestamptz, boolean, jsonb, timestamptz) to app_resident;

-- The keeper is told in her own inbox: by who has the hazard in hand, and of this hazard alone.
create policy hazard_told_to_keeper on messages.message for insert to app_staff
  with check (case_id is null and kind in ('hazard_told', 'hazard_ordered') and exists (select from hazards.keeper k join hazards.hazard h on h.id = k.hazard_id
    where k.person_id = message.person_id and h.number = params->>'number' and h.open));
