-- The sweep that sends messages asks whose account a person has now.
grant usage on schema access to app_system;
create policy sweeps_find_accounts on access.person_account for select to app_system
  using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select (account_id, person_id, ended_at) on access.person_account to app_system;
