-- 照片. One is left before what it belongs to is sent, since a form has several pages and a phone no network, and is given with it. What is
-- kept is the copy made from its pixels, and a small one: the bytes that came are thrown away with everything hidden in them.
drop policy file_of_report_in_view on documents.file;
drop policy file_of_own_report on documents.file;
drop policy file_with_report on documents.file;
revoke insert on documents.file from app_public;
alter table documents.file rename column report_id to photo_id;
comment on column documents.file.photo_id is 'Of a photo of an incident';
alter index documents.file_of_report rename to file_of_photo;

drop policy photo_of_own_report on grid.photo;
drop policy photo_with_report on grid.photo;
drop policy photo_by_officer on grid.photo;
revoke insert on grid.photo from app_staff, app_resident, app_public;
revoke select on grid.photo from app_resident;
alter table grid.photo alter column incident_id drop not null, add column cleared_at timestamptz, add column cleared_by uuid references access.post,
  alter constraint photo_file_id_fkey deferrable initially deferred,
  add constraint waits_or_belongs_to_one check (num_nonnulls(report_id, fact_seq) <= case when incident_id is null then 0 else 1 end and (incident_id is not null or not shown));
comment on table grid.photo is 'Photos of a report or of an act; without an incident it waits to be given with one, for a day. Outsiders see one only after an officer has said that nobody can be made out in it';
comment on column grid.photo.fact_seq is 'The act that it came with. Neither report nor act: a note of a round';
comment on column grid.photo.sha256 is 'Of the copy made from its pixels: the same photo sent again has the same';
comment on column grid.photo.cleared_at is 'When an officer last said whether outsiders may see it, and cleared_by who';
create index photos_of_report on grid.photo (report_id) where report_id is not null;
create index photos_waiting on grid.photo (added_at) where incident_id is null;

create policy photo_waits on grid.photo for select to app_system using (incident_id is null and (select nullif(current_setting('app.scope', true), '')) is not null);
create policy photo_let_go on grid.photo for delete to app_system using (
  (incident_id is null and (select nullif(current_setting('app.scope', true), '')) is not null) or exists (select from grid.incident i where i.id = incident_id));
grant update (cleared_at, cleared_by) on grid.photo to app_staff;
grant delete on grid.photo to app_system;
create policy photo_in_view on documents.file for select to app_staff, app_system using (photo_id is not null and removed_at is null and exists (select from grid.photo p where p.file_id = file.id));
create policy photo_let_go on documents.file for update to app_system using (photo_id is not null and removed_at is null) with check (removed_at is not null);
grant update (removed_at, removed_by) on documents.file to app_system;

-- Leaves a photo under an id that nobody guesses: true when it is there, also from before; false when the id is another one's. Definer: whoever
-- leaves one may be nobody, and reads no file.
create function grid.leave_photo(the_photo uuid, the_file uuid, the_name text, the_key bytea, the_hash bytea, the_size bigint, sealed_name bytea,
  small_name text, small_key bytea, small_hash bytea, small_size bigint, small_width int, small_height int, the_recipe int, the_time timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into grid.photo (id, file_id, sha256, added_at, post_id) values (the_photo, the_file, the_hash, the_time, nullif(current_setting('app.post', true), '')::uuid) on conflict (id) do nothing;
  if not found then return exists (select from grid.photo p where p.id = the_photo and p.sha256 = the_hash); end if;
  insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, photo_id, added_at)
    values (the_file, the_name, the_key, the_hash, the_size, 'image/jpeg', sealed_name, the_photo, the_time);
  insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, width, height, made_at)
    values (the_file, 'preview', the_recipe, small_name, small_key, small_hash, small_size, small_width, small_height, the_time);
  return true;
end $$;
-- Gives waiting ones with a report, to whoever holds its token.
create function grid.give_photos(the_token uuid, the_photos uuid[]) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (update grid.photo p set report_id = r.id, incident_id = r.incident_id from grid.report r where r.token = the_token and p.id = any(the_photos) and p.incident_id is null returning 1)
  select count(*)::int from given $$;
-- Gives waiting ones with an act, or a note of a round, on an incident of one's own areas.
create function grid.give_photos_of_act(the_incident uuid, the_seq int, the_photos uuid[]) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (update grid.photo p set incident_id = i.id, fact_seq = the_seq from grid.incident i where i.id = the_incident and p.id = any(the_photos) and p.incident_id is null
    and access.in_reach(i.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) returning 1)
  select count(*)::int from given $$;
-- Takes back one that was not given yet.
create function grid.drop_photo(the_photo uuid, the_time timestamptz) returns boolean
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from grid.photo p where p.id = the_photo and p.incident_id is null returning p.file_id),
    marked as (update documents.file f set removed_at = the_time, removed_by = 'reporter' from gone where f.id = gone.file_id returning 1)
  select exists (select from marked) $$;
create function grid.waiting_photos(the_photos uuid[]) returns table (id uuid, small_name text, small_key bytea, width int, height int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, d.stored_name, d.wrapped_key, d.width, d.height from grid.photo p join documents.derivative d on d.file_id = p.file_id and d.kind = 'preview'
  where p.id = any(the_photos) and p.incident_id is null order by p.added_at, p.id $$;

-- Whoever holds a token sees the photos of her own report, and those of the whole that an officer has cleared.
create function grid.photos_of_token(the_token uuid) returns table (id uuid, own boolean, fact text, added_at timestamptz, stored_name text, wrapped_key bytea, small_name text, small_key bytea, width int, height int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.report_id is not distinct from r.id, t.fact, p.added_at, f.stored_name, f.wrapped_key, d.stored_name, d.wrapped_key, d.width, d.height
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.photo p on p.report_id = r.id or (p.shown and p.incident_id = coalesce(i.parent_id, i.id))
    join documents.file f on f.id = p.file_id join documents.derivative d on d.file_id = f.id and d.kind = 'preview'
    left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
  where r.token = the_token order by p.added_at, p.id $$;
-- Outsiders see a cleared photo of a shown incident.
create function grid.photos_of_public_id(the_id uuid) returns table (id uuid, fact text, added_at timestamptz, stored_name text, wrapped_key bytea, small_name text, small_key bytea, width int, height int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, t.fact, p.added_at, f.stored_name, f.wrapped_key, d.stored_name, d.wrapped_key, d.width, d.height
  from grid.incident i join grid.photo p on p.incident_id = i.id
    join documents.file f on f.id = p.file_id join documents.derivative d on d.file_id = f.id and d.kind = 'preview'
    left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
  where i.public_id = the_id and i.shown and p.shown order by p.added_at, p.id $$;
-- With how many others than its own report or act a photo of one's own areas came, also elsewhere. A number, and nobody's.
create function grid.times_sent(the_photo uuid) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(distinct (o.report_id, o.incident_id, o.fact_seq))::int from grid.photo p join grid.incident i on i.id = p.incident_id join grid.photo o on o.sha256 = p.sha256 and o.incident_id is not null
    and (o.report_id, o.incident_id, o.fact_seq) is distinct from (p.report_id, p.incident_id, p.fact_seq)
  where p.id = the_photo and access.in_reach(i.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) $$;
revoke all on function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, timestamptz), grid.give_photos(uuid, uuid[]), grid.give_photos_of_act(uuid, int, uuid[]), grid.drop_photo(uuid, timestamptz),
  grid.waiting_photos(uuid[]), grid.photos_of_token(uuid), grid.photos_of_public_id(uuid), grid.times_sent(uuid) from public;
grant execute on function grid.leave_photo(uuid, uuid, text, bytea, bytea, bigint, bytea, text, bytea, bytea, bigint, int, int, int, timestamptz), grid.give_photos(uuid, uuid[]), grid.drop_photo(uuid, timestamptz),
  grid.waiting_photos(uuid[]), grid.photos_of_token(uuid), grid.photos_of_public_id(uuid) to app_public, app_resident, app_staff;
grant execute on function grid.times_sent(uuid), grid.give_photos_of_act(uuid, int, uuid[]) to app_staff;

-- What other systems are told of a photo: the first that is shown.
create or replace view grid.request as select i.public_id, i.number, i.reported_at, i.class_code, i.shown, i.parent_id is not null as linked, i.area,
    case when i.shown then i.title end as title, case when i.shown then i.shown_place end as shown_place, case when i.shown then i.shown_lon end as lon, case when i.shown then i.shown_lat end as lat,
    case when i.parent_id is null then i.status else (select p.status from grid.incident p where p.id = i.parent_id) end as status,
    case when i.parent_id is null then i.outcome else (select p.outcome from grid.incident p where p.id = i.parent_id) end as outcome,
    case when i.parent_id is null then i.open else (select p.open from grid.incident p where p.id = i.parent_id) end as open,
    case when not i.shown then null when i.parent_id is not null then (select p.due_at from grid.incident p where p.id = i.parent_id and not p.due_provisional) when not i.due_provisional then i.due_at end as due_at,
    (select t.recorded_at from grid.timeline t where t.incident_id = coalesce(i.parent_id, i.id)
      and t.seq = case when i.parent_id is null then i.seq else (select p.seq from grid.incident p where p.id = i.parent_id) end) as changed_at,
    case when i.shown then (select o.name from access.organisation o
      where o.id = case when i.parent_id is null then i.unit_id else (select p.unit_id from grid.incident p where p.id = i.parent_id) end) end as unit_name,
    case when i.shown then (select f.id from grid.photo f where f.incident_id = i.id and f.shown order by f.added_at, f.id limit 1) end as photo_id
  from grid.incident i;
create or replace view grid.public_request as select * from grid.request where shown;
