-- An incident is sent to a unit that has somebody there to take it on; no app role sees who works where. The caller names the roles that may.
create function grid.units_that_can(the_area text, the_roles text[], the_day date) returns table (id uuid, name text, area text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.name, u.area from grid.unit u
  where starts_with(the_area, u.area)
    and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and the_area >= (select nullif(current_setting('app.scope', true), '')) and the_area < (select nullif(current_setting('app.scope', true), '') || '~')
    and exists (select from access.post p join access.officer o on o.id = p.officer_id
      where p.organisation_id = u.id and p.role = any(the_roles) and 'grid' = any(p.domains) and p.valid_from <= the_day and coalesce(p.valid_to, the_day) >= the_day
        and p.ended_at is null and o.ended_at is null and exists (select from unnest(p.areas) own where starts_with(the_area, own))) $$;
revoke all on function grid.units_that_can(text, text[], date) from public;
grant execute on function grid.units_that_can(text, text[], date) to app_staff;
create index posts_of_organisation on access.post (organisation_id);
