-- A warning reaches the inbox of everybody with an account who lives where it holds: each once, over some minutes where they are many.
create table safety.broadcast_told (
  broadcast_id uuid not null references safety.broadcast, person_id uuid not null references people.person on delete cascade, told_at timestamptz not null, primary key (broadcast_id, person_id));
comment on table safety.broadcast_told is 'Whom a warning has reached in her inbox, so that nobody is told twice';
create index told_of_person on safety.broadcast_told (person_id);
alter table safety.broadcast_told enable row level security;
create policy noted_by_sweeps on safety.broadcast_told for select to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
create policy told_while_it_holds on safety.broadcast_told for insert to app_system with check (
  (select nullif(current_setting('app.scope', true), '')) is not null and exists (select from safety.broadcast b where b.id = broadcast_id and b.status = 'issued' and b.ends_at > told_at));
grant select, insert on safety.broadcast_told to app_system;

create policy holds_in_scope on safety.broadcast for select to app_system using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select (id, area, colour, headline, status, issued_at, ends_at) on safety.broadcast to app_system;

-- Whom it has not reached yet. Definer: a sweep reads no register; it learns ids alone, within its own area.
create function safety.untold(the_broadcast uuid, most int) returns table (person_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id from safety.broadcast b join people.person p on p.living_area >= b.area and p.living_area < b.area || '~'
  where b.id = the_broadcast and b.status = 'issued' and starts_with(b.area, nullif(current_setting('app.scope', true), ''))
    and exists (select from access.person_account a where a.person_id = p.id and a.ended_at is null)
    and not exists (select from safety.broadcast_told t where t.broadcast_id = b.id and t.person_id = p.id)
  order by p.id limit least(most, 20000)
$$;
revoke all on function safety.untold(uuid, int) from public;
grant execute on function safety.untold(uuid, int) to app_system;

-- A sweep writes these kinds of message alone, and only to whom it has noted as told in the same moment.
create policy told_of_a_warning on messages.message for insert to app_system with check (case_id is null and kind in ('warning', 'warning_urgent')
  and exists (select from safety.broadcast_told t where t.person_id = message.person_id and t.broadcast_id = (params->>'warning')::uuid and t.told_at = message.made_at));
