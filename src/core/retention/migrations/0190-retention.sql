-- How long things are kept, what is held back, and what remains of what was erased: docs/adr/0011-retention.md.
create schema retention;
grant usage on schema retention to app_staff, app_system;

-- The classes of a pack let nothing go until an audit administrator has seen what they would do, and says so.
create table retention.confirmation (
  id uuid primary key, digest text not null, pack_hash text not null references matters.pack (hash),
  confirmed_by uuid not null references access.post, confirmed_at timestamptz not null, ended_by uuid references access.post, ended_at timestamptz,
  constraint ended_whole check ((ended_by is null) = (ended_at is null)));
comment on table retention.confirmation is 'Who switched the daily letting go on, for exactly these classes (digest); other classes need a new one. No app role writes it but by its functions';
create unique index one_confirmation on retention.confirmation ((ended_at is null)) where ended_at is null;

create table retention.hold (
  id uuid primary key, kind text not null check (kind in ('case', 'person', 'area')),
  case_id uuid references cases.case, person_id uuid, area text collate "C" not null references areas.area, class text, domains text[],
  reason text not null, basis text not null, placed_by uuid not null references access.post, placed_at timestamptz not null, until date,
  ended_by uuid references access.post, ended_at timestamptz, ended_why text,
  constraint names_what_it_holds check (case kind when 'area' then class is not null and cardinality(domains) > 0 and case_id is null else case_id is not null and domains is null end),
  constraint ended_whole check ((ended_by is null) = (ended_at is null) and (ended_why is null) = (ended_at is null)));
comment on table retention.hold is '暂停销毁: what must not be let go although its time is over. A person is named by a case of hers, never by name';
comment on column retention.hold.domains is 'Of a hold on an area: the office lines of the post that placed it; a hold on a case has that of the case';
comment on column retention.hold.person_id is 'The applicant of the case when it was placed; null once she was erased after its end';
create index hold_of_case on retention.hold (case_id);
create index hold_in_force on retention.hold (kind) where ended_at is null;

create table retention.run (
  day date primary key, at timestamptz not null, digest text not null, confirmation_id uuid not null references retention.confirmation, halted text);
comment on table retention.run is 'One day''s letting go: what it found before it began, and why it stopped. Counts only';
create table retention.run_class (
  day date not null references retention.run, class text not null, kind text not null, ends text not null, statuses text[] not null, matters text[],
  before timestamptz not null, due bigint not null, held bigint not null, allowed bigint not null, done bigint not null default 0,
  primary key (day, class), constraint never_more_than_was_shown check (done <= allowed and allowed <= due));
comment on table retention.run_class is 'What one class let go on one day: never more than the count that stood there before the first row went';

create table retention.tombstone (
  id uuid primary key, seq bigint not null unique, kind text not null, class text, rule text not null check (rule in ('class', 'request')),
  on_day date not null, commitment bytea not null unique);
comment on table retention.tombstone is '删除留痕: that something was erased, when and by which rule; a hash stands for its id. The same lines lie in a file beside the seals, so that an older backup does not bring it back';

do $$
declare t text;
begin
  foreach t in array array['confirmation', 'hold', 'run', 'run_class', 'tombstone'] loop
    execute format('alter table retention.%I enable row level security', t);
  end loop;
end $$;
-- Counts, which say nothing of a place or a person; without a scope nobody sees even these.
create policy counts_of_a_day on retention.run for select to app_staff, app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
create policy begun_by_the_sweep on retention.run for insert to app_system with check (true);
create policy counts_of_a_day on retention.run_class for select to app_staff, app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
create policy begun_by_the_sweep on retention.run_class for insert to app_system with check (done = 0);
create policy no_person_in_it on retention.tombstone for select to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
create policy who_switched_it_on on retention.confirmation for select to app_staff, app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
-- No policy on retention.hold: a reason is read by leaders of its line alone, through retention.holds_in.
grant select on retention.run, retention.run_class, retention.confirmation to app_staff, app_system;
grant insert (day, at, digest, confirmation_id, halted) on retention.run to app_system;
grant insert (day, class, kind, ends, statuses, matters, before, due, held, allowed) on retention.run_class to app_system;
grant select on retention.tombstone to app_system;

-- A case whose time of use is over is out of sight of every role of a request; the owner alone still counts it. The condition
-- begins with `open` so that the indexes of open cases answer it by themselves.
alter table cases.case alter column applicant_id drop not null,
  add column restricted_at timestamptz, add column stripped_at timestamptz,
  add constraint only_ended_cases_are_put_away check (restricted_at is null or status in ('closed', 'not_accepted', 'withdrawn')),
  add constraint somebodys_until_stripped check (applicant_id is not null or stripped_at is not null),
  add constraint stripped_is_put_away check (stripped_at is null or restricted_at is not null);
comment on column cases.case.restricted_at is '限制使用: kept because a law says so and used for nothing any more; a hold brings it back';
comment on column cases.case.stripped_at is 'What was personal is erased; dates, area, matter, outcome and amount stay, so that no sum changes';
create policy in_use on cases.case as restrictive for all to app_staff, app_resident, app_system using (open or restricted_at is null);
create index ended_case on cases.case ((coalesce(closed_at, received_at)), id) where not open and stripped_at is null;
create index draft_by_age on cases.draft (updated_at, id) where submitted_case_id is null;
create index message_by_age on messages.message (made_at, id);
create index person_elsewhere on people.person (recorded_at, id) where living_area is null;
create index file_of_person on documents.file (person_id) where person_id is not null;
create index draft_of_case on cases.draft (submitted_case_id) where submitted_case_id is not null;
create index draft_of_person on cases.draft (person_id) where person_id is not null;
create index member_is_person on cases.unit_member (person_id) where person_id is not null;
create index binding_of_person on access.person_account (person_id);
create index objection_of_person on cases.objection (person_id);
create index message_of_case on messages.message (case_id) where case_id is not null;
