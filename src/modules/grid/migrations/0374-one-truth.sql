-- Outside it is said that a date went by, why something takes longer in words of the pack, and by when it is to be sent out; what was linked
-- names what it goes on as.
create or replace view grid.public_incident as select i.public_id, i.number, i.area, i.class_code, i.level, i.title, i.shown_place, i.shown_lon, i.shown_lat, i.reported_at, i.status, i.round, i.due_at, i.closed_at, i.outcome, i.open,
    i.handled_at, i.word_by,
    ((select count(*) from grid.report r where r.incident_id = i.id) + (select count(*) from grid.incident c join grid.report r on r.incident_id = c.id where c.parent_id = i.id))::int as reports,
    (select o.name from access.organisation o where o.id = i.unit_id) as unit_name,
    greatest(i.reported_at, (select max(t.recorded_at) from grid.timeline t where t.incident_id in (i.id, i.parent_id))) as changed_at,
    i.stage_due_at, i.was_late, case when i.status = 'hung' then i.pauses->-1->>'why' when i.extension->>'approvedAt' is not null then i.extension->>'why' end as why,
    (select p.public_id from grid.incident p where p.id = i.parent_id and p.shown) as parent_public_id
  from grid.incident i where i.shown;

-- What was linked has what befell its parent since.
create or replace function grid.course_of_public_id(the_id uuid) returns table (seq int, fact text, how text, unit text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select row_number() over (order by x.theirs, x.seq)::int, x.fact, x.how, x.unit, x.recorded_at from (
    select false as theirs, t.seq, t.fact, t.payload->>'how' as how, t.payload->>'unitName' as unit, t.recorded_at
      from grid.incident i join grid.timeline t on t.incident_id = i.id where i.public_id = the_id and i.shown
    union all select true, t.seq, t.fact, t.payload->>'how', t.payload->>'unitName', t.recorded_at
      from grid.incident i join grid.incident p on p.id = i.parent_id and p.shown join grid.timeline t on t.incident_id = p.id
      where i.public_id = the_id and i.shown and t.recorded_at > i.closed_at) x
  where x.fact not in ('hidden', 'shown') order by 1 $$;

-- Nothing changed before it was reported: what was linked to something older changed when it was linked.
create or replace view grid.request as select i.public_id, i.number, i.reported_at, i.class_code, i.shown, i.parent_id is not null as linked, i.area,
    case when i.shown then i.title end as title, case when i.shown then i.shown_place end as shown_place, case when i.shown then i.shown_lon end as lon, case when i.shown then i.shown_lat end as lat,
    case when i.parent_id is null then i.status else (select p.status from grid.incident p where p.id = i.parent_id) end as status,
    case when i.parent_id is null then i.outcome else (select p.outcome from grid.incident p where p.id = i.parent_id) end as outcome,
    case when i.parent_id is null then i.open else (select p.open from grid.incident p where p.id = i.parent_id) end as open,
    case when not i.shown then null when i.parent_id is not null then (select p.due_at from grid.incident p where p.id = i.parent_id and not p.due_provisional) when not i.due_provisional then i.due_at end as due_at,
    greatest(i.reported_at, case when i.parent_id is not null then i.closed_at end, (select t.recorded_at from grid.timeline t where t.incident_id = coalesce(i.parent_id, i.id)
      and t.seq = case when i.parent_id is null then i.seq else (select p.seq from grid.incident p where p.id = i.parent_id) end)) as changed_at,
    case when i.shown then (select o.name from access.organisation o
      where o.id = case when i.parent_id is null then i.unit_id else (select p.unit_id from grid.incident p where p.id = i.parent_id) end) end as unit_name,
    case when i.shown then (select f.id from grid.photo f where f.incident_id = i.id and f.shown order by f.added_at, f.id limit 1) end as photo_id
  from grid.incident i;
