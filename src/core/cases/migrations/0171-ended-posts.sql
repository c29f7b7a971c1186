-- As before, without posts that an administrator has ended.
create or replace function cases.posts_over(the_area text, the_domain text, on_day date) returns table (officer_id uuid, number text, name text, organisation text, role text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.number, o.name, g.name, p.role from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
  where the_area = any(p.areas) and the_domain = any(p.domains) and o.ended_at is null and p.ended_at is null and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day)
    and starts_with(the_area, nullif(current_setting('app.scope', true), '')) and the_domain = any(nullif(current_setting('app.domains', true), '')::text[])
  order by o.name, o.number $$;
