-- What outsiders see of an incident, with how many reported it, who has it in hand and when something last came of it.
create or replace view grid.public_incident as select i.public_id, i.number, i.area, i.class_code, i.level, i.title, i.shown_place, i.shown_lon, i.shown_lat, i.reported_at, i.status, i.round, i.due_at, i.closed_at, i.outcome, i.open,
    i.handled_at, i.word_by,
    ((select count(*) from grid.report r where r.incident_id = i.id) + (select count(*) from grid.incident c join grid.report r on r.incident_id = c.id where c.parent_id = i.id))::int as reports,
    (select o.name from access.organisation o where o.id = i.unit_id) as unit_name,
    (select max(t.recorded_at) from grid.timeline t where t.incident_id = i.id) as changed_at
  from grid.incident i where i.shown;

-- Which steps it went through and when: no reason and no note, since both may speak of somebody.
create function grid.course_of_public_id(the_id uuid) returns table (seq int, fact text, how text, unit text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.seq, t.fact, t.payload->>'how', t.payload->>'unitName', t.recorded_at
  from grid.incident i join grid.timeline t on t.incident_id = i.id where i.public_id = the_id and i.shown order by t.seq $$;
revoke all on function grid.course_of_public_id(uuid) from public;
grant execute on function grid.course_of_public_id(uuid) to app_public, app_resident, app_staff;
