-- Who answers for a place sees how much of each kind of work is open there, late and ended, and none of it: row security shows incidents, hazards
-- and whistles to their own lines alone. Numbers by community, of the scope of who asks and nothing outside.
create function grid.figures_of(the_area text, at timestamptz) returns table (area text, open int, late int, confirmed int, checked int, unconfirmed int, not_solved int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.area, (count(*) filter (where i.open))::int, (count(*) filter (where i.open and i.handled_at is null and i.due_at < at))::int,
    (count(*) filter (where i.outcome = 'confirmed'))::int, (count(*) filter (where i.outcome = 'checked'))::int, (count(*) filter (where i.outcome = 'unconfirmed'))::int,
    (count(*) filter (where i.outcome = 'not_solved'))::int
  from grid.incident i where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and i.area >= the_area and i.area < the_area || '~'
    and (i.open or (i.outcome is not null and i.closed_at >= at - interval '30 days')) group by i.area $$;
create function hazards.figures_of(the_area text, at timestamptz) returns table (area text, open int, late int, serious int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.area, count(*)::int, (count(*) filter (where h.due_at < at))::int, (count(*) filter (where h.grade = 'serious'))::int
  from hazards.hazard h where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and h.area >= the_area and h.area < the_area || '~' and h.open group by h.area $$;
create function coordination.figures_of(the_area text, at timestamptz) returns table (area text, open int, late int, deciding int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.area, count(*)::int, (count(*) filter (where w.due_at < at))::int, (count(*) filter (where w.decision_wanted))::int
  from coordination.whistle w where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and w.area >= the_area and w.area < the_area || '~' and w.open group by w.area $$;
create function safety.figures_of(the_area text, at timestamptz) returns table (area text, open int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.area, count(*)::int from safety.event e
  where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and e.area >= the_area and e.area < the_area || '~' and e.status <> 'closed' and e.opened_at <= at group by e.area $$;
revoke all on function grid.figures_of(text, timestamptz), hazards.figures_of(text, timestamptz), coordination.figures_of(text, timestamptz), safety.figures_of(text, timestamptz) from public;
grant execute on function grid.figures_of(text, timestamptz), hazards.figures_of(text, timestamptz), coordination.figures_of(text, timestamptz), safety.figures_of(text, timestamptz) to app_staff;
