-- Whoever says that it is not solved may show that it is still there: her photo is of her report, and of that word of hers.
alter table grid.photo add column said_at timestamptz, add constraint said_by_a_reporter check (said_at is null or report_id is not null);
comment on column grid.photo.said_at is 'When she said that it was not solved and gave it with that; null for what came with the report itself or with an act';

-- Gives waiting ones with a report, or with a word on it, to whoever holds its token.
drop function grid.give_photos(uuid, uuid[]);
create function grid.give_photos(the_token uuid, the_photos uuid[], said timestamptz) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (update grid.photo p set report_id = r.id, incident_id = r.incident_id, said_at = said from grid.report r where r.token = the_token and p.id = any(the_photos) and p.incident_id is null returning 1)
  select count(*)::int from given $$;
revoke all on function grid.give_photos(uuid, uuid[], timestamptz) from public;
grant execute on function grid.give_photos(uuid, uuid[], timestamptz) to app_public, app_resident, app_staff;

create or replace function grid.photos_of_token(the_token uuid) returns table (id uuid, own boolean, fact text, added_at timestamptz, stored_name text, wrapped_key bytea, small_name text, small_key bytea, width int, height int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.report_id is not distinct from r.id, case when p.said_at is null then t.fact else 'reopened' end, p.added_at, f.stored_name, f.wrapped_key, d.stored_name, d.wrapped_key, d.width, d.height
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.photo p on p.report_id = r.id or (p.shown and p.incident_id = coalesce(i.parent_id, i.id))
    join documents.file f on f.id = p.file_id join documents.derivative d on d.file_id = f.id and d.kind = 'preview'
    left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
  where r.token = the_token order by p.added_at, p.id $$;
create or replace function grid.photos_of_public_id(the_id uuid) returns table (id uuid, fact text, added_at timestamptz, stored_name text, wrapped_key bytea, small_name text, small_key bytea, width int, height int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, case when p.said_at is null then t.fact else 'reopened' end, p.added_at, f.stored_name, f.wrapped_key, d.stored_name, d.wrapped_key, d.width, d.height
  from grid.incident i join grid.photo p on p.incident_id = i.id
    join documents.file f on f.id = p.file_id join documents.derivative d on d.file_id = f.id and d.kind = 'preview'
    left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
  where i.public_id = the_id and i.shown and p.shown order by p.added_at, p.id $$;
