-- What was known under another number that was known under a third is followed to the end.
create or replace function hazards.followed() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive mine (id, same_as) as (
    select h.id, h.same_as from hazards.report r join hazards.hazard h on h.id = r.hazard_id where r.account_id = nullif(current_setting('app.account', true), '')
    union select h.id, h.same_as from mine m join hazards.hazard h on h.id = m.same_as)
  select id from mine $$;
