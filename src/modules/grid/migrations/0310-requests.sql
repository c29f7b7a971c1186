-- What other systems read of incidents by the standards: state of the one thing that a linked report is about, and when it last changed.
create view grid.request as select i.public_id, i.number, i.reported_at, i.class_code, i.shown, i.parent_id is not null as linked, i.area,
    case when i.shown then i.title end as title, case when i.shown then i.shown_place end as shown_place, case when i.shown then i.shown_lon end as lon, case when i.shown then i.shown_lat end as lat,
    coalesce(p.status, i.status) as status, coalesce(p.outcome, i.outcome) as outcome, coalesce(p.open, i.open) as open,
    case when i.shown and not coalesce(p.due_provisional, i.due_provisional) then coalesce(p.due_at, i.due_at) end as due_at, (select t.recorded_at from grid.timeline t where t.incident_id = coalesce(p.id, i.id) and t.seq = coalesce(p.seq, i.seq)) as changed_at,
    case when i.shown then (select o.name from access.organisation o where o.id = coalesce(p.unit_id, i.unit_id)) end as unit_name
  from grid.incident i left join grid.incident p on p.id = i.parent_id;
-- Joined to the timeline instead, a page of a thousand was sorted out of all that was ever reported: forty times the pages.
comment on view grid.request is 'No words of a reporter and no exact place. Of what no officer has cleared: class, dates and where it stands, and nothing else. No role reads it: see public_request and requests_of';
create view grid.public_request as select * from grid.request where shown;
comment on view grid.public_request is 'What outsiders can list';
-- Whoever holds an id that only its reporter was told may know where it stands before it is shown.
create function grid.requests_of(ids uuid[]) returns setof grid.request language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.* from grid.request r where r.public_id = any(ids) $$;
revoke all on function grid.requests_of(uuid[]) from public;

create index facts_by_time on grid.timeline (recorded_at, incident_id);
-- Without reasons and notes: they are an officer's words to the reporter. What was linked has what befell its parent since.
create view grid.public_fact as
  select i.public_id, t.seq::text as mark, t.fact, t.payload->>'how' as how, t.payload->>'unitName' as unit_name, t.recorded_at from grid.timeline t join grid.incident i on i.id = t.incident_id where i.shown
  union all select i.public_id, 'p' || t.seq, t.fact, t.payload->>'how', t.payload->>'unitName', t.recorded_at
    from grid.timeline t join grid.incident i on i.parent_id = t.incident_id where i.shown and t.recorded_at > i.closed_at;
comment on view grid.public_fact is 'What happened with shown incidents, without what anybody wrote';
grant select on grid.public_request, grid.public_fact to app_public, app_resident, app_staff;
grant execute on function grid.requests_of(uuid[]) to app_public, app_resident, app_staff;
