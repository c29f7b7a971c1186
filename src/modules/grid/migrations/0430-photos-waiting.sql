-- Photos that belong to nothing yet have an end in number and size, for whoever leaves them and for all strangers together: one client could
-- fill the disk within the day for which they wait.
alter table grid.photo add column left_by text collate "C";
comment on column grid.photo.left_by is 'Who left it, under a keyed hash of the account, the session or the address; forgotten when it is given';
create index photos_waiting_of on grid.photo (left_by) where incident_id is null;

drop function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, bit, timestamptz);
-- Leaves a photo under an id that nobody guesses. 'there': it is, also from before; 'taken': the id is another one's; 'full': too many of this
-- sender, or of all strangers, wait already. Definer: whoever leaves one may be nobody, and reads no file.
create function grid.leave_photo(the_photo uuid, the_file uuid, the_name text, the_key bytea, the_hash bytea, the_size bigint, sealed_name bytea,
  small_name text, small_key bytea, small_hash bytea, small_size bigint, small_width int, small_height int, the_recipe int, the_looks bit(64),
  whose text, most_of_one int, bytes_of_one bigint, bytes_of_strangers bigint, the_time timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stranger boolean := current_setting('app.account', true) is not distinct from '';
begin
  if exists (select from grid.photo p where p.id = the_photo) then
    return case when exists (select from grid.photo p where p.id = the_photo and p.sha256 = the_hash) then 'there' else 'taken' end;
  end if;
  -- One sender's photos are counted one after the other, so that twenty at once are no more than the limit.
  perform pg_advisory_xact_lock(hashtextextended('grid.leave_photo ' || whose, 0));
  if (select count(*) >= most_of_one or coalesce(sum(f.size), 0) + the_size > bytes_of_one
      from grid.photo p join documents.file f on f.id = p.file_id where p.incident_id is null and p.left_by = whose) then return 'full'; end if;
  if stranger and (select coalesce(sum(f.size), 0) + the_size > bytes_of_strangers
      from grid.photo p join documents.file f on f.id = p.file_id where p.incident_id is null) then return 'full'; end if;
  insert into grid.photo (id, file_id, sha256, looks, left_by, added_at, post_id)
    values (the_photo, the_file, the_hash, the_looks, whose, the_time, nullif(current_setting('app.post', true), '')::uuid) on conflict (id) do nothing;
  if not found then return case when exists (select from grid.photo p where p.id = the_photo and p.sha256 = the_hash) then 'there' else 'taken' end; end if;
  insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, photo_id, added_at)
    values (the_file, the_name, the_key, the_hash, the_size, 'image/jpeg', sealed_name, the_photo, the_time);
  insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, width, height, made_at)
    values (the_file, 'preview', the_recipe, small_name, small_key, small_hash, small_size, small_width, small_height, the_time);
  return 'there';
end $$;
revoke all on function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, bit, text, int, bigint, bigint, timestamptz) from public;
grant execute on function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, bit, text, int, bigint, bigint, timestamptz) to app_public, app_resident, app_staff;

-- Nobody's trace stays with what was given.
create or replace function grid.give_photos(the_token uuid, the_photos uuid[], said timestamptz) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (update grid.photo p set report_id = r.id, incident_id = r.incident_id, left_by = null, street = i.street, said_at = said from grid.report r join grid.incident i on i.id = r.incident_id
    where r.token = the_token and p.id = any(the_photos) and p.incident_id is null returning 1)
  select count(*)::int from given $$;
create or replace function grid.give_photos_of_act(the_incident uuid, the_seq int, the_photos uuid[]) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (update grid.photo p set incident_id = i.id, left_by = null, street = i.street, fact_seq = the_seq from grid.incident i where i.id = the_incident and p.id = any(the_photos) and p.incident_id is null
    and access.in_reach(i.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) returning 1)
  select count(*)::int from given $$;
