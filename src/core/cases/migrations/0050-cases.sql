create schema cases;
grant usage on schema cases to app_staff, app_resident, app_system;

create table cases.draft (
  id uuid primary key, account_id text not null, person_id uuid references people.person, matter_code text not null, pack_hash text not null references matters.pack (hash),
  answers_sealed bytea not null, step text, created_at timestamptz not null, updated_at timestamptz not null, submitted_case_id uuid);
comment on table cases.draft is 'An application being written: the resident''s alone, sealed, continued on any device. Removed 90 days after the last change';
create unique index one_open_draft on cases.draft (account_id, matter_code) where submitted_case_id is null;
create index draft_of_account on cases.draft (account_id, updated_at desc);
create table cases.case (
  id uuid primary key, number text not null, street text collate "C" not null,
  matter_code text not null, matter_version int not null, pack_hash text not null references matters.pack (hash), domain text not null,
  origin_area text collate "C" not null references areas.area, handling_area text collate "C" not null references areas.area,
  applicant_id uuid not null references people.person, surname text not null,
  channel text not null check (channel in ('phone', 'window')), received_by uuid references access.post, received_at timestamptz not null,
  status text not null check (status in ('received', 'correcting', 'accepted', 'paused', 'decided', 'closed', 'not_accepted', 'withdrawn')),
  open boolean not null generated always as (status not in ('closed', 'not_accepted', 'withdrawn')) stored,
  step text, accepted_on date, due_at timestamptz, due_provisional boolean not null default false, told_due_at timestamptz,
  pauses jsonb not null default '[]', correction jsonb, extension jsonb, notice jsonb, survey jsonb, lapse_basis jsonb, awaits text[] not null default '{}',
  outcome text check (outcome in ('granted', 'refused')), amount_fen bigint, decided_at timestamptz, issued_at timestamptz, delivered_at timestamptz, closed_at timestamptz,
  rating int check (rating between 1 and 5), seq int not null,
  constraint number_once_a_street unique (street, number));
comment on column cases.case.awaits is 'Acts that take the case on from here, written with each act: the steps are the pack''s, and SQL reads no packs. `confirm_survey:<officer>` waits for one person';
comment on column cases.case.survey is 'The visit that the first officer recorded; done by two when the second has confirmed it herself';
comment on table cases.case is '办件: where it stands now. Rebuilt from cases.timeline by a test; pages never fold the timeline';
-- Lists and counts are answered from these two alone, with what row security asks for: open cases are the tenth of all, and
-- fetching each of them from the table cost a hundred times the pages.
create index worklist on cases.case (handling_area, due_at, id) include (domain, origin_area, status, matter_code, number, awaits) where open;
-- The list of a whole city: its open cases in order of their dates, the first page read and no more. Sorted instead, 150,000 open
-- cases took a quarter of a second.
create index open_by_due on cases.case (due_at, id) include (domain, handling_area, origin_area, status, matter_code, number, awaits) where open;
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
  id uuid primary key, case_id uuid not null references cases.case, matter_code text not null, case_number text not null, applicant_name text not null, applied_on date not null,
  person_id uuid references people.person, name text not null, relation text not null, born_on date, adult boolean not null,
  id_number_sealed bytea, monthly_income_fen bigint,
  authorised_at timestamptz, authorised_how text check (authorised_how in ('account', 'paper')), recorded_at timestamptz not null);
comment on table cases.unit_member is 'benefit_unit: who lives together for this one case, and each adult''s authorisation';
comment on column cases.unit_member.applicant_name is 'As on the day of the application: all that this adult, who may not read the case, learns of the applicant';
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
create index objection_open on cases.objection (case_id) where answered_at is null;

create table cases.counter (street text collate "C" not null, day date not null, n int not null, primary key (street, day));
comment on table cases.counter is 'Last case number of a street and day; touched only by cases.give_number';

-- Read: either area in range, and the office line. Write: only where it is being handled.
-- The office lines are read from their text inside the select, once a statement; outside of it they were read anew for every row.
alter table cases.case enable row level security;
create policy case_in_view on cases.case for select to app_staff, app_system using (
  domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[]) and (
    (handling_area >= (select nullif(current_setting('app.scope', true), '')) and handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (origin_area >= (select nullif(current_setting('app.scope', true), '')) and origin_area < (select nullif(current_setting('app.scope', true), '') || '~'))));
-- A community receives for its residents what its street then handles: the place that counts is where it begins.
create policy case_opened_in_scope on cases.case for insert to app_staff with check (
  status = 'received' and seq = 1 and channel = 'window' and received_by = (select nullif(current_setting('app.post', true), ''))::uuid and street = left(origin_area, 9)
  and domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and origin_area >= (select nullif(current_setting('app.scope', true), '')) and origin_area < (select nullif(current_setting('app.scope', true), '') || '~')
  and starts_with(origin_area, handling_area));
create policy case_handled_in_scope on cases.case for update to app_staff, app_system using (
  domain = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and handling_area >= (select nullif(current_setting('app.scope', true), '')) and handling_area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy case_is_own on cases.case for select to app_resident using (applicant_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy case_opened_by_self on cases.case for insert to app_resident with check (
  status = 'received' and seq = 1 and channel = 'phone' and received_by is null and street = left(origin_area, 9) and starts_with(origin_area, handling_area)
  and applicant_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) and exists (select from people.person p where p.id = applicant_id and origin_area in (p.living_area, p.hukou_area)));
create policy case_moved_by_self on cases.case for update to app_resident using (applicant_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
-- What a case is never changes, and where it is handled changes by cases.hand_over alone. The number is given by the database.
grant select, insert (id, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_by,
  received_at, status, step, due_at, due_provisional, told_due_at, awaits, seq) on cases.case to app_staff, app_resident;
grant update (pack_hash, status, step, accepted_on, due_at, due_provisional, told_due_at, pauses, correction, extension, notice, survey, lapse_basis, awaits, outcome, amount_fen,
  decided_at, issued_at, delivered_at, closed_at, seq) on cases.case to app_staff;
grant update (status, step, due_at, due_provisional, told_due_at, correction, notice, awaits, closed_at, rating, seq) on cases.case to app_resident;
grant select, update (due_at, due_provisional, told_due_at, notice, awaits, seq) on cases.case to app_system;

-- A policy sees a row before or after, never both: what an applicant may turn into what is said here.
create function cases.check_applicants_move() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare good boolean;
begin
  good := case
    when new.status = old.status then
      new.seq = old.seq + 1 and (new.step, new.due_at, new.due_provisional, new.told_due_at, new.correction, new.notice, new.closed_at)
        is not distinct from (old.step, old.due_at, old.due_provisional, old.told_due_at, old.correction, old.notice, old.closed_at)
      and (new.rating is not distinct from old.rating or (old.rating is null and old.status in ('decided', 'closed', 'not_accepted')))
    when new.status = 'withdrawn' then
      old.status in ('received', 'correcting', 'accepted', 'paused') and new.seq in (old.seq + 1, old.seq + 2) and new.step is null and new.due_at is null
      and new.closed_at is not null and (new.told_due_at, new.correction, new.notice - 'takenDown', new.rating)
        is not distinct from (old.told_due_at, old.correction, old.notice - 'takenDown', old.rating)
    when old.status = 'correcting' and new.status = 'received' then
      new.seq = old.seq + 1 and (new.step, new.correction - 'answeredOn', new.notice, new.closed_at, new.rating)
        is not distinct from (old.step, old.correction - 'answeredOn', old.notice, old.closed_at, old.rating)
    else false end;
  if not coalesce(good, false) then
    raise insufficient_privilege using message = format('an applicant does not make a case %s out of %s so', new.status, old.status);
  end if;
  return new;
end $$;
revoke all on function cases.check_applicants_move() from public;
create trigger applicants_move before update on cases.case for each row when (current_user = 'app_resident') execute function cases.check_applicants_move();

alter table cases.draft enable row level security;
create policy draft_is_own on cases.draft for select to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')));
create policy draft_begun_by_self on cases.draft for insert to app_resident with check (account_id = (select nullif(current_setting('app.account', true), ''))
  and (person_id is null or person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])));
create policy draft_written_by_self on cases.draft for update to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')))
  with check (account_id = (select nullif(current_setting('app.account', true), '')) and (submitted_case_id is null or exists (select from cases.case c where c.id = submitted_case_id and c.matter_code = draft.matter_code)));
create policy draft_discarded_by_self on cases.draft for delete to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')) and submitted_case_id is null);
grant select, insert (id, account_id, person_id, matter_code, pack_hash, answers_sealed, created_at, updated_at),
  update (pack_hash, answers_sealed, updated_at, submitted_case_id), delete on cases.draft to app_resident;


do $$
declare t text;
  -- In the hands of the writer, or received by her a moment ago for a street to handle.
  held text := $p$exists (select from cases.case c where c.id = case_id and (
    (c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (c.seq = 1 and c.received_by = (select nullif(current_setting('app.post', true), ''))::uuid)))$p$;
begin
  foreach t in array array['timeline', 'answer', 'unit_member', 'notice', 'objection'] loop
    execute format('alter table cases.%I enable row level security', t);
    -- The inner select is itself under row security: whoever sees the case sees what hangs on it.
    execute format('create policy case_in_view on cases.%I for select to app_staff using (exists (select from cases.case c where c.id = case_id))', t);
    execute format('grant select on cases.%I to app_staff, app_resident', t);
  end loop;
  foreach t in array array['unit_member', 'notice', 'objection'] loop
    execute format('create policy seen_by_sweeps on cases.%I for select to app_system using (exists (select from cases.case c where c.id = case_id))', t);
  end loop;
  foreach t in array array['timeline', 'answer', 'unit_member', 'notice'] loop
    execute format('create policy case_is_own on cases.%I for select to app_resident using (exists (select from cases.case c where c.id = case_id))', t);
  end loop;
  execute 'create policy stated_at_the_window on cases.answer for insert to app_staff with check (' || held || ')';
  execute 'create policy named_at_the_window on cases.unit_member for insert to app_staff with check (' || held || ')';
end $$;

-- The timeline: an officer writes in her own post while she has the case, a sweep what time does, the applicant what she
-- has just done: the row of the case, which is written first, says whether she has.
create policy officers_facts on cases.timeline for insert to app_staff with check (
  actor_kind = 'staff' and account_id = (select nullif(current_setting('app.account', true), '')) and post_id = (select nullif(current_setting('app.post', true), ''))::uuid and schedule is null
  and (fact = 'received') = (seq = 1)
  and fact not in ('objected', 'correction_answered', 'withdrawn', 'material_withdrawn', 'rated', 'due_recomputed')
  and exists (select from cases.case c where c.id = case_id and timeline.seq <= c.seq + 1 and (
    (c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (c.seq = 1 and c.received_by = (select nullif(current_setting('app.post', true), ''))::uuid))));
create policy facts_of_time on cases.timeline for insert to app_system with check (
  actor_kind = 'system' and account_id is null and post_id is null and schedule is not null and fact in ('notice_taken_down', 'due_recomputed')
  and exists (select from cases.case c where c.id = case_id and timeline.seq <= c.seq));
create policy applicants_facts on cases.timeline for insert to app_resident with check (
  actor_kind = 'resident' and account_id = (select nullif(current_setting('app.account', true), '')) and post_id is null and schedule is null
  and exists (select from cases.case c where c.id = case_id and timeline.seq <= c.seq and case fact
    when 'received' then timeline.seq = 1
    when 'correction_answered' then c.status = 'received'
    when 'notice_taken_down' then c.status = 'withdrawn'
    when 'withdrawn' then c.status = 'withdrawn'
    when 'material_withdrawn' then c.status in ('received', 'correcting', 'accepted', 'paused')
    when 'rated' then c.rating = (payload->>'grade')::int
    else false end));
grant insert on cases.timeline to app_staff, app_resident, app_system;
revoke select on cases.timeline from app_resident;
grant select (case_id, seq, fact, payload, actor_kind, post_id, recorded_at, effective_at) on cases.timeline to app_resident;

-- What the applicant states: all of it with the application, and of a correction what was asked for.
create policy stated_by_self on cases.answer for insert to app_resident with check (exists (select from cases.case c where c.id = case_id and (
  (c.status = 'received' and c.seq = 1 and version = 1) or (c.status = 'correcting' and c.correction->'missing' ? question))));
grant insert on cases.answer to app_staff, app_resident;

-- Who a member is, cases.link_member finds; what she authorises, she says herself or an officer who saw her signature.
create policy named_by_applicant on cases.unit_member for insert to app_resident with check (exists (select from cases.case c where c.id = case_id
  and c.matter_code = unit_member.matter_code and c.number = unit_member.case_number and ((c.status = 'received' and c.seq = 1) or c.status = 'correcting')
  and unit_member.applicant_name = (select p.name from people.person p where p.id = c.applicant_id)));
create policy member_is_self on cases.unit_member for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy member_authorises on cases.unit_member for update to app_resident
  using (adult and authorised_at is null and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) and not exists (select from cases.case c where c.id = case_id))
  with check (authorised_at is not null and authorised_how = 'account');
create policy signature_seen on cases.unit_member for update to app_staff
  using (adult and authorised_at is null and exists (select from cases.case c where c.id = case_id and c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~')))
  with check (authorised_at is not null and authorised_how = 'paper');
grant insert (id, case_id, matter_code, case_number, applicant_name, applied_on, name, relation, born_on, adult, id_number_sealed, monthly_income_fen, recorded_at) on cases.unit_member to app_staff, app_resident;
grant update (authorised_at, authorised_how) on cases.unit_member to app_staff, app_resident;
revoke select on cases.unit_member from app_resident;
grant select (id, case_id, matter_code, case_number, applicant_name, applied_on, person_id, name, relation, born_on, adult, monthly_income_fen, authorised_at, authorised_how, recorded_at)
  on cases.unit_member to app_resident;
grant select (case_id, adult, authorised_at) on cases.unit_member to app_system;

create policy notice_published on cases.notice for insert to app_staff with check (taken_down_at is null and exists (select from cases.case c
  where c.id = case_id and c.origin_area = area and c.matter_code = notice.matter_code and c.status = 'accepted' and c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~')));
create policy notice_handled on cases.notice for update to app_staff, app_system
  using (taken_down_at is null and exists (select from cases.case c where c.id = case_id and c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~')))
  with check (taken_down_at is not null);
-- A resident reads the notices of her own community.
create policy notice_of_own_community on cases.notice for select to app_resident using (taken_down_at is null and area = (select nullif(current_setting('app.scope', true), '')));
grant insert (id, case_id, area, matter_code, shown_name, size, starts_on, ends_on, published_at), update (taken_down_at) on cases.notice to app_staff;
grant select, update (taken_down_at) on cases.notice to app_system;

-- An applicant does not learn who objected; cases.object_to is the only way to object.
create policy objection_is_own on cases.objection for select to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')));
create policy objection_answered on cases.objection for update to app_staff
  using (answered_at is null and exists (select from cases.case c where c.id = case_id and c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~')))
  with check (answered_at is not null and answered_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant update (answer, answered_at, answered_by) on cases.objection to app_staff;
grant select (case_id, answered_at) on cases.objection to app_system;

-- The next number of a street and day: 20261124-0007. Definer, since nobody may read or set the counter itself; a trigger,
-- since a number is taken with a case or not at all.
create function cases.give_number() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare for_day date := (new.received_at at time zone 'Asia/Shanghai')::date;
begin
  insert into cases.counter as c (street, day, n) values (new.street, for_day, 1)
  on conflict (street, day) do update set n = c.n + 1
  returning to_char(for_day, 'YYYYMMDD') || '-' || lpad(c.n::text, greatest(4, length(c.n::text)), '0') into new.number;
  return new;
end $$;
revoke all on function cases.give_number() from public;
create trigger numbered before insert on cases.case for each row when (new.number is null) execute function cases.give_number();

-- Handing a case out of one's scope: row security lets nobody write a row into a place that she cannot see, so this one
-- function checks the sender and writes both sides. The next area must be an ancestor or descendant of where it came from.
create function cases.hand_over(the_case uuid, to_area text, to_step text, new_seq int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c cases.case; scope text := nullif(current_setting('app.scope', true), ''); lines text[] := nullif(current_setting('app.domains', true), '')::text[];
begin
  select * into c from cases.case where id = the_case for update;
  if c.id is null or scope is null or lines is null or not (c.domain = any(lines)) or not starts_with(c.handling_area, scope) then
    raise insufficient_privilege using message = 'only who has a case in hand hands it over';
  end if;
  if not (starts_with(c.origin_area, to_area) or to_area = c.origin_area) then
    raise insufficient_privilege using message = 'a case goes to no place that it does not belong to';
  end if;
  if c.seq <> new_seq - 1 then raise insufficient_privilege using message = 'a case is handed over in its turn'; end if;
  update cases.case set handling_area = to_area, step = to_step, seq = new_seq where id = the_case;
end $$;
revoke all on function cases.hand_over(uuid, text, text, int) from public;
grant execute on function cases.hand_over(uuid, text, text, int) to app_staff;

-- Whose a stated ID number is, so that this adult is asked on her own account. Definer: the applicant may not look others up.
-- It works only while the caller's own case is being written, only for number and name together, never for the applicant
-- herself, and says nothing: the answer stays in a column that no page shows.
create function cases.link_member(the_member uuid, the_blind bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update cases.unit_member m set person_id = p.id from people.person p, cases.case c
  where m.id = the_member and m.person_id is null and p.id_number_blind = the_blind and p.name = m.name and c.id = m.case_id and c.applicant_id <> p.id
    and ((c.status = 'received' and c.seq = 1) or c.status = 'correcting') and (
      c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])
      or (c.received_by = nullif(current_setting('app.post', true), '')::uuid and c.domain = any(nullif(current_setting('app.domains', true), '')::text[])
        and starts_with(c.origin_area, nullif(current_setting('app.scope', true), '')))) $$;
revoke all on function cases.link_member(uuid, bytea) from public;
grant execute on function cases.link_member(uuid, bytea) to app_staff, app_resident;

-- Posts in force of one line over exactly this area: who may visit as the second. Definer: posts are the server's to read. It
-- answers officers of that line, about an area in their own scope.
create function cases.posts_over(the_area text, the_domain text, on_day date) returns table (officer_id uuid, number text, name text, organisation text, role text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.number, o.name, g.name, p.role from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
  where the_area = any(p.areas) and the_domain = any(p.domains) and o.ended_at is null and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day)
    and starts_with(the_area, nullif(current_setting('app.scope', true), '')) and the_domain = any(nullif(current_setting('app.domains', true), '')::text[])
  order by o.name, o.number $$;
revoke all on function cases.posts_over(text, text, date) from public;
grant execute on function cases.posts_over(text, text, date) to app_staff;

-- The applicant has withdrawn: her notice comes down with it. Definer, since residents update no notice.
create function cases.take_down_own(the_case uuid, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update cases.notice n set taken_down_at = at where n.case_id = the_case and n.taken_down_at is null
    and exists (select from cases.case c where c.id = the_case and c.status = 'withdrawn' and c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])) $$;
revoke all on function cases.take_down_own(uuid, timestamptz) from public;
grant execute on function cases.take_down_own(uuid, timestamptz) to app_resident;

-- A neighbour objects: the objection, and the fact on a timeline that is not hers to see. Definer: she writes to no case of
-- another. The case first, as every act does. The fact names nobody. @returns done, already, or null where no such notice stands
create function cases.object_to(the_notice uuid, new_id uuid, the_sealed bytea, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare found_case uuid; next int; the_account text := nullif(current_setting('app.account', true), ''); who uuid[] := nullif(current_setting('app.subjects', true), '')::uuid[];
begin
  if the_account is null or cardinality(who) is distinct from 1 then return null; end if;
  select n.case_id into found_case from cases.notice n where n.id = the_notice and n.area = nullif(current_setting('app.scope', true), '');
  select c.seq + 1 into next from cases.case c where c.id = found_case for update;
  if not exists (select from cases.notice n where n.id = the_notice and n.case_id = found_case and n.taken_down_at is null) then return null; end if;
  insert into cases.objection (id, notice_id, case_id, account_id, person_id, sealed, made_at)
    values (new_id, the_notice, found_case, the_account, who[1], the_sealed, at) on conflict (notice_id, account_id) do nothing;
  if not found then return 'already'; end if;
  update cases.case set seq = next where id = found_case;
  insert into cases.timeline (case_id, seq, fact, payload, actor_kind, recorded_at, effective_at)
    values (found_case, next, 'objected', jsonb_build_object('noticeId', the_notice), 'neighbour', at, at);
  return 'done';
end $$;
revoke all on function cases.object_to(uuid, uuid, bytea, timestamptz) from public;
grant execute on function cases.object_to(uuid, uuid, bytea, timestamptz) to app_resident;
