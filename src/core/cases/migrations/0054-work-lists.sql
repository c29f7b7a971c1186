-- Who has something to do with a case is asked by every work list: written with each act, since the steps are the pack's and SQL does not read packs.
alter table cases.case add column awaits text[], add column survey jsonb;
comment on column cases.case.awaits is 'Acts that take the case on from here (`confirm_survey:<officer>` waits for one person). Null: last acted on before this column was there';
comment on column cases.case.survey is 'The visit that the first officer recorded; it counts as done by two when the second has confirmed it herself';
drop index cases.worklist;
create index worklist on cases.case (handling_area, due_at, id) include (domain, origin_area, status, matter_code, number, awaits) where open;
create index objection_open on cases.objection (case_id) where answered_at is null;

-- Posts in force of one line over exactly this area: who may visit as the second. Definer: posts are the server's to read. It
-- answers officers of that line, about an area in their own scope.
drop function cases.posts_of_number(text, text, date);
create function cases.posts_over(the_area text, the_domain text, on_day date) returns table (officer_id uuid, number text, name text, organisation text, role text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.number, o.name, g.name, p.role from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
  where the_area = any(p.areas) and the_domain = any(p.domains) and o.ended_at is null and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day)
    and starts_with(the_area, nullif(current_setting('app.scope', true), '')) and the_domain = any(nullif(current_setting('app.domains', true), '')::text[])
  order by o.name, o.number $$;
revoke all on function cases.posts_over(text, text, date) from public;
grant execute on function cases.posts_over(text, text, date) to app_staff;
