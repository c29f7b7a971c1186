-- What was hidden from outsiders and shown again is told to officers alone, with the reason.
create or replace function grid.course_of_token(the_token uuid) returns table (seq int, fact text, payload jsonb, recorded_at timestamptz, organisation_name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.seq, t.fact, jsonb_strip_nulls(jsonb_build_object('reason', case when t.fact <> 'reopened' and grid.is_reporters(r.id, r.incident_id) then t.payload->'reason' end, 'how', t.payload->'how', 'until', t.payload->'until', 'unit', t.payload->'unitName')), t.recorded_at, o.organisation_name
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.timeline t on t.incident_id = coalesce(i.parent_id, i.id)
    left join access.officer_of_post o on o.post_id = t.post_id
  where r.token = the_token and t.fact not in ('hidden', 'shown') order by t.seq $$;
create or replace function grid.course_of_public_id(the_id uuid) returns table (seq int, fact text, how text, unit text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.seq, t.fact, t.payload->>'how', t.payload->>'unitName', t.recorded_at
  from grid.incident i join grid.timeline t on t.incident_id = i.id where i.public_id = the_id and i.shown and t.fact not in ('hidden', 'shown') order by t.seq $$;
create or replace view grid.public_fact as
  select x.public_id, x.mark, t.fact, t.payload->>'how' as how, t.payload->>'unitName' as unit_name, t.recorded_at
  from grid.timeline t cross join lateral (
    select i.public_id, t.seq::text as mark from grid.incident i where i.id = t.incident_id and i.shown
    union all select i.public_id, 'p' || t.seq from grid.incident i where i.parent_id = t.incident_id and i.shown and t.recorded_at > i.closed_at) x
  where t.fact not in ('hidden', 'shown');
