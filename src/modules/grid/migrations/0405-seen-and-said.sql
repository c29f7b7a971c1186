-- Another reporter's photo is seen, by whoever is linked to it, as long as outsiders see it: what is hidden because of what is in it is hidden
-- from her, too. What officers gave with an act she goes on seeing with the course.
create or replace function grid.photos_of_token(the_token uuid) returns table (id uuid, own boolean, fact text, added_at timestamptz, stored_name text, wrapped_key bytea, small_name text, small_key bytea, width int, height int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.report_id is not distinct from r.id, case when p.said_at is null then t.fact else 'reopened' end, p.added_at, f.stored_name, f.wrapped_key, d.stored_name, d.wrapped_key, d.width, d.height
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.incident m on m.id = coalesce(i.parent_id, i.id)
    join grid.photo p on p.report_id = r.id or (p.incident_id = m.id and p.shown and (p.report_id is null or m.shown))
    join documents.file f on f.id = p.file_id join documents.derivative d on d.file_id = f.id and d.kind = 'preview'
    left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
  where r.token = the_token order by p.added_at, p.id $$;

-- Whoever says that outsiders may see a photo says it in her own name.
drop policy photo_cleared on grid.photo;
create policy photo_cleared on grid.photo for update to app_staff using (exists (select from grid.incident i where i.id = incident_id))
  with check (cleared_at is not null and cleared_by = (select nullif(current_setting('app.post', true), ''))::uuid);

-- A worker looks after a grid of the community that the row is of.
drop policy assigned_in_scope on grid.assignment;
create policy assigned_in_scope on grid.assignment for insert to app_staff with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  and exists (select from grid.grid g where g.code = grid_code and g.area = assignment.area and g.valid_to is null));
