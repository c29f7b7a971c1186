-- Nothing is sent to whoever has a safety flag unless she asked for it herself: the sweep sees the flag and nothing else of a person.
grant usage on schema people to app_system;
create policy sweeps_see_flags on people.person for select to app_system
  using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select (id, safety_flag) on people.person to app_system;
