-- What a worker saw across the border of her community is reported there, as anybody may report it; she sees no more of it than her token tells.
create policy incident_reported_across_a_border on grid.incident for insert to app_staff with check (
  status = 'reported' and seq = 1 and round = 1 and not shown and title is null and channel = 'worker' and street = left(area, 9)
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and left(area, 4) = (select left(nullif(current_setting('app.scope', true), ''), 4)));
create policy first_fact_across_a_border on grid.timeline for insert to app_staff with check (seq = 1 and fact = 'reported' and actor_kind = 'staff' and schedule is null
  and post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[]));
