create schema cases;
grant usage on schema cases to kaifong_app, app_staff, app_resident, app_public;

create table cases.draft (
  id uuid primary key, account_id text not null, person_id uuid references people.person, matter_code text not null, pack_hash text not null references matters.pack (hash),
  answers_sealed bytea not null, step text, created_at timestamptz not null, updated_at timestamptz not null, submitted_case_id uuid);
comment on table cases.draft is 'An application being written: the resident''s alone, sealed, continued on any device. Removed 90 days after the last change';
create unique index one_open_draft on cases.draft (account_id, matter_code) where submitted_case_id is null;
create index draft_of_account on cases.draft (account_id, updated_at desc);
alter table cases.draft enable row level security;
create policy draft_is_own on cases.draft for all to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')));
grant select, insert, update, delete on cases.draft to app_resident;

create table cases.case (
  id uuid primary key, number text not null, street text collate "C" not null,
  matter_code text not null, matter_version int not null, pack_hash text not null references matters.pack (hash), domain text not null,
  origin_area text collate "C" not null references areas.area, handling_area text collate "C" not null references areas.area,
  applicant_id uuid not null references people.person, surname text not null,
  channel text not null check (channel in ('phone', 'window')), received_by uuid references access.post, received_at timestamptz not null,
  status text not null check (status in ('received', 'correcting', 'accepted', 'paused', 'decided', 'closed', 'not_accepted', 'withdrawn')),
  open boolean not null generated always as (status not in ('closed', 'not_accepted', 'withdrawn')) stored,
  step text, accepted_on date, due_at timestamptz, due_provisional boolean not null default false, told_due_at timestamptz,
  pauses jsonb not null default '[]', correction jsonb, extension jsonb, notice jsonb, lapse_basis jsonb,
  outcome text check (outcome in ('granted', 'refused')), amount_fen bigint, decided_at timestamptz, issued_at timestamptz, delivered_at timestamptz, closed_at timestamptz,
  rating int check (rating between 1 and 5), seq int not null,
  constraint number_once_a_street unique (street, number));
comment on table cases.case is '办件: where it stands now. Rebuilt from cases.timeline by a test; pages never fold the timeline';
-- Lists and counts are answered from these two alone, with what row security asks for: open cases are the tenth of all, and
-- fetching each of them from the table cost a hundred times the pages.
create index worklist on cases.case (handling_area, due_at, id) include (domain, origin_area, status, matter_code, number) where open;
create index open_by_origin on cases.case (origin_area, due_at) include (domain, handling_area, status, matter_code) where open;
create unique index one_running on cases.case (applicant_id, matter_code) where status in ('received', 'correcting', 'accepted', 'paused');
create index case_by_number on cases.case (number);
create index case_origin on cases.case (origin_area, received_at desc);
create index case_of_applicant on cases.case (applicant_id, received_at desc);

create table cases.timeline (
  case_id uuid not null references cases.case, seq int not null, fact text not null, payload jsonb not null,
  actor_kind text not null, account_id text, post_id uuid, schedule text,
  recorded_at timestamptz not null, effective_at timestamptz not null, primary key (case_id, seq));
comment on table cases.timeline is 'What happened, in order, append-only. recorded_at never moves; effective_at is when it counts from';

create table cases.answer (
  case_id uuid not null references cases.case, question text not null, version int not null, sealed bytea not null, recorded_at timestamptz not null,
  primary key (case_id, question, version));
comment on table cases.answer is 'What the applicant stated, sealed, one row a question; a correction adds a version';

create table cases.unit_member (
  id uuid primary key, case_id uuid not null references cases.case, matter_code text not null, case_number text not null, person_id uuid references people.person, name text not null, relation text not null, born_on date, adult boolean not null,
  id_number_sealed bytea, monthly_income_fen bigint,
  authorised_at timestamptz, authorised_how text check (authorised_how in ('account', 'paper')), recorded_at timestamptz not null);
comment on table cases.unit_member is 'benefit_unit: who lives together for this one case, and each adult''s authorisation';
create index member_of_case on cases.unit_member (case_id);
create index member_person on cases.unit_member (person_id) where authorised_at is null;

create table cases.notice (
  id uuid primary key, case_id uuid not null references cases.case, area text collate "C" not null references areas.area, matter_code text not null,
  shown_name text not null, size int, starts_on date not null, ends_on date not null, taken_down_at timestamptz, published_at timestamptz not null);
comment on table cases.notice is '公示: the least that may be published (a masked name), taken down by the clock';
create index notice_of_case on cases.notice (case_id);
create index notice_up on cases.notice (area, ends_on) where taken_down_at is null;
create table cases.objection (
  id uuid primary key, notice_id uuid not null references cases.notice, case_id uuid not null references cases.case, account_id text not null, person_id uuid not null,
  sealed bytea not null, made_at timestamptz not null, answer text, answered_at timestamptz, answered_by uuid references access.post);
comment on table cases.objection is 'What a neighbour says against a notice, sealed; answered in writing before the decision';
create unique index one_objection_each on cases.objection (notice_id, account_id);
create index objection_of_case on cases.objection (case_id);

create table cases.counter (street text collate "C" not null, day date not null, n int not null, primary key (street, day));
comment on table cases.counter is 'Last case number of a street and day; touched only by cases.next_number';

-- Read: either area in range, and the office line. Write: only where it is being handled.
alter table cases.case enable row level security;
create policy case_in_view on cases.case for select to app_staff using (
  domain = any((select nullif(current_setting('app.domains', true), ''))::text[]) and (
    (handling_area >= (select nullif(current_setting('app.scope', true), '')) and handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (origin_area >= (select nullif(current_setting('app.scope', true), '')) and origin_area < (select nullif(current_setting('app.scope', true), '') || '~'))));
-- A community receives for its residents what its street then handles: the place that counts is where it begins.
create policy case_opened_in_scope on cases.case for insert to app_staff with check (
  domain = any((select nullif(current_setting('app.domains', true), ''))::text[])
  and origin_area >= (select nullif(current_setting('app.scope', true), '')) and origin_area < (select nullif(current_setting('app.scope', true), '') || '~')
  and starts_with(origin_area, handling_area));
create policy case_handled_in_scope on cases.case for update to app_staff using (
  domain = any((select nullif(current_setting('app.domains', true), ''))::text[])
  and handling_area >= (select nullif(current_setting('app.scope', true), '')) and handling_area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy case_is_own on cases.case for all to app_resident using (applicant_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
grant select, insert, update on cases.case to app_staff, app_resident;

do $$
declare t text;
begin
  foreach t in array array['timeline', 'answer', 'unit_member', 'notice', 'objection'] loop
    execute format('alter table cases.%I enable row level security', t);
    -- The inner select is itself under row security: whoever sees the case sees what hangs on it.
    execute format('create policy case_in_view on cases.%I for select to app_staff, app_resident using (exists (select from cases.case c where c.id = case_id))', t);
    execute format('create policy case_in_view_insert on cases.%I for insert to app_staff, app_resident with check (exists (select from cases.case c where c.id = case_id))', t);
    execute format('grant select, insert on cases.%I to app_staff, app_resident', t);
  end loop;
end $$;
create policy member_of_case_in_view on cases.unit_member for update to app_staff using (exists (select from cases.case c where c.id = case_id));
create policy member_is_self on cases.unit_member for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy member_authorises on cases.unit_member for update to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
grant update (authorised_at, authorised_how, person_id) on cases.unit_member to app_staff;
grant update (authorised_at, authorised_how) on cases.unit_member to app_resident;
create policy notice_handled on cases.notice for update to app_staff using (exists (select from cases.case c where c.id = case_id));
grant update (taken_down_at) on cases.notice to app_staff;
create policy objection_answered on cases.objection for update to app_staff using (exists (select from cases.case c where c.id = case_id));
grant update (answer, answered_at, answered_by) on cases.objection to app_staff;
-- A resident reads the notices of her own community and objects to them; an applicant does not learn who objected.
create policy notice_of_own_community on cases.notice for select to app_resident using (taken_down_at is null and area = (select nullif(current_setting('app.scope', true), '')));
drop policy case_in_view on cases.objection;
create policy objection_in_view on cases.objection for select to app_staff using (exists (select from cases.case c where c.id = case_id));
create policy objection_is_own on cases.objection for select to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')));
drop policy case_in_view_insert on cases.objection;
create policy neighbour_objects on cases.objection for insert to app_resident with check (
  account_id = (select nullif(current_setting('app.account', true), '')) and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
  and exists (select from cases.notice n where n.id = notice_id and n.case_id = objection.case_id and n.taken_down_at is null and n.area = (select nullif(current_setting('app.scope', true), ''))));
revoke insert on cases.objection from app_staff;

-- The next number of a street and day: 20261124-0007. Definer, since nobody may read or set the counter itself.
create function cases.next_number(for_street text, for_day date) returns text
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into cases.counter as c (street, day, n) values (for_street, for_day, 1)
  on conflict (street, day) do update set n = c.n + 1
  returning to_char(for_day, 'YYYYMMDD') || '-' || lpad(n::text, 4, '0') $$;
revoke all on function cases.next_number(text, date) from public;
grant execute on function cases.next_number(text, date) to app_staff, app_resident;

-- Handing a case out of one's scope: row security lets nobody write a row into a place that she cannot see, so this one
-- function checks the sender and writes both sides. The next area must be an ancestor or descendant of where it came from.
create function cases.hand_over(the_case uuid, to_area text, to_step text, new_seq int) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c cases.case; scope text := nullif(current_setting('app.scope', true), ''); lines text[] := nullif(current_setting('app.domains', true), '')::text[];
begin
  select * into c from cases.case where id = the_case for update;
  if c.id is null or scope is null or lines is null or not (c.domain = any(lines)) or not starts_with(c.handling_area, scope) then return false; end if;
  if not (starts_with(c.origin_area, to_area) or to_area = c.origin_area) then return false; end if;
  if c.seq <> new_seq - 1 then return false; end if;
  update cases.case set handling_area = to_area, step = to_step, seq = new_seq where id = the_case;
  return true;
end $$;
revoke all on function cases.hand_over(uuid, text, text, int) from public;
grant execute on function cases.hand_over(uuid, text, text, int) to app_staff;

-- Whom a stated ID number belongs to, so that this adult is asked on her own account. Definer: the applicant may not look
-- others up. It answers only while the caller's own case is being written, only for number and name together, never with the
-- applicant herself, and the answer stays in a column that no page shows.
create function cases.person_with_number(the_blind bytea, the_case uuid, the_name text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id from people.person p where p.id_number_blind = the_blind and p.name = the_name and exists (
    select from cases.case c where c.id = the_case and c.applicant_id <> p.id and (
      c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])
      -- A resident's scope is her community: only an office line makes it that of an officer.
      or (c.domain = any(nullif(current_setting('app.domains', true), '')::text[])
        and (starts_with(c.handling_area, nullif(current_setting('app.scope', true), '')) or starts_with(c.origin_area, nullif(current_setting('app.scope', true), '')))))) $$;
revoke all on function cases.person_with_number(bytea, uuid, text) from public;
grant execute on function cases.person_with_number(bytea, uuid, text) to app_staff, app_resident;

-- Posts in force of the officer with this number, of one office line: who may sign a survey as the second. Definer: posts are
-- the server's to read. It answers officers of that line about officers of that line only.
create function cases.posts_of_number(the_number text, the_domain text, on_day date) returns table (name text, role text, areas text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.name, p.role, p.areas from access.post p join access.officer o on o.id = p.officer_id
  where o.number = the_number and o.ended_at is null and the_domain = any(p.domains) and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day)
    and nullif(current_setting('app.scope', true), '') is not null and the_domain = any(nullif(current_setting('app.domains', true), '')::text[]) $$;
revoke all on function cases.posts_of_number(text, text, date) from public;
grant execute on function cases.posts_of_number(text, text, date) to app_staff;

-- The applicant withdraws: her notice comes down with it. Definer, since residents update no notice.
create function cases.take_down_own(the_case uuid, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update cases.notice n set taken_down_at = at where n.case_id = the_case and n.taken_down_at is null
    and exists (select from cases.case c where c.id = the_case and c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])) $$;
revoke all on function cases.take_down_own(uuid, timestamptz) from public;
grant execute on function cases.take_down_own(uuid, timestamptz) to app_resident;
