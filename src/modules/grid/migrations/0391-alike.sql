-- The same photo saved anew, smaller or in another format has other bytes: what it looks like is kept in 64 bits, and compared within the
-- street of what it belongs to, so that no question goes through all photos of a city.
alter table grid.photo add column looks bit(64), add column street text collate "C";
comment on column grid.photo.looks is 'What the picture looks like: few bits apart in copies of one photo, see core/documents/likeness.ts. Null for one with nothing in it, and for those from before';
comment on column grid.photo.street is 'Of the incident that it was given to';
create index photo_looks on grid.photo (street, added_at desc) where looks is not null and street is not null;

drop function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, timestamptz);
create function grid.leave_photo(the_photo uuid, the_file uuid, the_name text, the_key bytea, the_hash bytea, the_size bigint, sealed_name bytea,
  small_name text, small_key bytea, small_hash bytea, small_size bigint, small_width int, small_height int, the_recipe int, the_looks bit(64), the_time timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into grid.photo (id, file_id, sha256, looks, added_at, post_id) values (the_photo, the_file, the_hash, the_looks, the_time, nullif(current_setting('app.post', true), '')::uuid) on conflict (id) do nothing;
  if not found then return exists (select from grid.photo p where p.id = the_photo and p.sha256 = the_hash); end if;
  insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, photo_id, added_at)
    values (the_file, the_name, the_key, the_hash, the_size, 'image/jpeg', sealed_name, the_photo, the_time);
  insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, width, height, made_at)
    values (the_file, 'preview', the_recipe, small_name, small_key, small_hash, small_size, small_width, small_height, the_time);
  return true;
end $$;
revoke all on function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, bit, timestamptz) from public;
grant execute on function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, bit, timestamptz) to app_public, app_resident, app_staff;

create or replace function grid.give_photos(the_token uuid, the_photos uuid[], said timestamptz) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (update grid.photo p set report_id = r.id, incident_id = r.incident_id, street = i.street, said_at = said from grid.report r join grid.incident i on i.id = r.incident_id
    where r.token = the_token and p.id = any(the_photos) and p.incident_id is null returning 1)
  select count(*)::int from given $$;
create or replace function grid.give_photos_of_act(the_incident uuid, the_seq int, the_photos uuid[]) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (update grid.photo p set incident_id = i.id, street = i.street, fact_seq = the_seq from grid.incident i where i.id = the_incident and p.id = any(the_photos) and p.incident_id is null
    and access.in_reach(i.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) returning 1)
  select count(*)::int from given $$;
