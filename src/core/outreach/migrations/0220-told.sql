-- Who was told, so that nobody is told the same again within a year: a message may be let go earlier.
create table outreach.told (
  person_id uuid not null references people.person on delete cascade, matter_code text not null,
  run_id uuid not null, told_at timestamptz not null,
  primary key (person_id, matter_code));
comment on table outreach.told is 'When somebody was last told that a benefit fits her, and by which search, which may be gone by now';
alter table outreach.told enable row level security;
create policy seen_by_sweeps on outreach.told for select to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
create policy told_what_was_found on outreach.told for insert to app_system
  with check (exists (select from outreach.found f where f.run_id = told.run_id and f.person_id = told.person_id and f.list = 'fits'));
create policy told_anew on outreach.told for update to app_system
  using ((select nullif(current_setting('app.scope', true), '')) is not null)
  with check (exists (select from outreach.found f where f.run_id = told.run_id and f.person_id = told.person_id and f.list = 'fits'));
grant select, insert, update (run_id, told_at) on outreach.told to app_system;

-- A search that is done is frozen; that everybody whom it found has been told stands beside it.
create table outreach.told_run (run_id uuid primary key references outreach.run on delete cascade, told_at timestamptz not null);
comment on table outreach.told_run is 'Searches of which everybody has been told who is to be told';
alter table outreach.told_run enable row level security;
create policy noted_by_sweeps on outreach.told_run for all to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select, insert on outreach.told_run to app_system;

-- A sweep writes this kind of message alone, and only to whom it has noted as told in the same moment.
create policy told_of_what_was_found on messages.message for insert to app_system with check (case_id is null and kind = 'found'
  and exists (select from outreach.told t where t.person_id = message.person_id and t.matter_code = message.params->>'matter' and t.told_at = message.made_at));
grant insert (id, person_id, kind, params, made_at) on messages.message to app_system;
