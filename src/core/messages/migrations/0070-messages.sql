create schema messages;
grant usage on schema messages to kaifong_app, app_staff, app_resident;
create table messages.message (
  id uuid primary key, person_id uuid not null references people.person, kind text not null, params jsonb not null, case_id uuid references cases.case, made_at timestamptz not null, read_at timestamptz);
comment on table messages.message is 'Inbox of a person: neutral texts by kind, written in the transaction of what they tell of';
create index message_of_person on messages.message (person_id, made_at desc);
alter table messages.message enable row level security;
create policy message_is_own on messages.message for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy message_read_by_self on messages.message for update to app_resident
  using (read_at is null and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])) with check (read_at is not null);
-- To the applicant of a case alone: an officer who has it in hand or has just received it, or she herself of what she has done.
create policy told_by_officer on messages.message for insert to app_staff with check (exists (select from cases.case c
  where c.id = case_id and c.applicant_id = message.person_id and ((c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~')) or (c.seq = 1 and c.received_by = (select nullif(current_setting('app.post', true), ''))::uuid))));
create policy told_by_self on messages.message for insert to app_resident with check (
  kind in ('received', 'correction_answered', 'withdrawn') and exists (select from cases.case c where c.id = case_id and c.applicant_id = message.person_id));
-- News of the account itself, of a person in reach.
create policy message_about_account on messages.message for insert to app_staff
  with check (case_id is null and kind in ('account_bound', 'account_unbound') and exists (select from people.person p where p.id = person_id));
grant select, insert (id, person_id, kind, params, case_id, made_at), update (read_at) on messages.message to app_resident;
grant insert (id, person_id, kind, params, case_id, made_at) on messages.message to app_staff;
create table messages.demo_outbox (id uuid primary key, phone_tail text not null, phone_blind bytea not null, code_sealed bytea not null, sent_at timestamptz not null);
comment on table messages.demo_outbox is 'Demo only: the codes that a provider would have sent. Refused by its trigger in any other database';
create function messages.only_in_demo() returns trigger language plpgsql as $$
begin
  if not exists (select from platform.setting where name = 'demo' and value = '1') then raise exception 'the outbox of codes exists in a demo database only'; end if;
  return new;
end $$;
revoke all on function messages.only_in_demo() from public;
create trigger only_in_demo before insert on messages.demo_outbox for each row execute function messages.only_in_demo();
grant select, insert, delete on messages.demo_outbox to kaifong_app;
