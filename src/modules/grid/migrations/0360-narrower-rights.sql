-- A token is its reporter's key, and the lock of a phone opens what lies on it: neither is for officers to look at.
revoke select on grid.report from app_staff, app_system;
grant select (id, incident_id, channel, sealed, said_again_sealed, person_id, post_id, lon, lat, crs, seen_at, reported_at) on grid.report to app_staff;
grant select (id, incident_id, stripped_at) on grid.report to app_system;

-- Who is told: everybody who reported it or what was linked to it, and is known here. Definer: the message leads her to her report by its token.
create function grid.tell_reporters(the_incident uuid, the_params jsonb, the_time timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into messages.message (id, person_id, kind, params, made_at)
  select gen_random_uuid(), r.person_id, 'incident_news', the_params || jsonb_build_object('token', min(r.token::text)), the_time
  from grid.incident m join grid.incident i on i.id = m.id or i.parent_id = m.id join grid.report r on r.incident_id = i.id
  where m.id = the_incident and r.person_id is not null
    and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and m.area >= (select nullif(current_setting('app.scope', true), '')) and m.area < (select nullif(current_setting('app.scope', true), '') || '~')
  group by r.person_id $$;
revoke all on function grid.tell_reporters(uuid, jsonb, timestamptz) from public;
grant execute on function grid.tell_reporters(uuid, jsonb, timestamptz) to app_staff, app_system;
drop policy told_of_incident on messages.message;

revoke select, update on grid.field_device from app_staff;
grant select (id, post_id, area, registered_at, last_contact_at, clock_off_s, recovered_at, recovered_by), update (last_contact_at, clock_off_s) on grid.field_device to app_staff;
drop policy device_heard_of on grid.field_device;
create policy device_heard_of_by_its_own_post on grid.field_device for update to app_staff using (post_id = (select nullif(current_setting('app.post', true), ''))::uuid);
create function grid.own_lock(the_device uuid) returns bytea language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select lock_sealed from grid.field_device where id = the_device and post_id = (select nullif(current_setting('app.post', true), ''))::uuid $$;
-- Another's lock leaves with the mark of whoever had it opened, or not at all.
create function grid.recover_lock(the_device uuid, of_post uuid, the_time timestamptz) returns bytea language sql security definer set search_path = pg_catalog, pg_temp as $$
  update grid.field_device set recovered_at = the_time, recovered_by = (select nullif(current_setting('app.post', true), ''))::uuid
  where id = the_device and post_id = of_post and (select nullif(current_setting('app.post', true), '')) is not null
    and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  returning lock_sealed $$;
revoke all on function grid.own_lock(uuid), grid.recover_lock(uuid, uuid, timestamptz) from public;
grant execute on function grid.own_lock(uuid), grid.recover_lock(uuid, uuid, timestamptz) to app_staff;

-- Incidents are the grid line's, their reports too.
drop policy reported_by_officer on grid.report;
create policy reported_by_officer on grid.report for insert to app_staff with check (account_id is null and person_id is null
  and post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[]));
drop policy incident_reported_in_scope on grid.incident;
create policy incident_reported_in_scope on grid.incident for insert to app_staff with check (
  status = 'reported' and seq = 1 and round = 1 and not shown and title is null and channel in ('worker', 'phone', 'inspection') and street = left(area, 9)
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
