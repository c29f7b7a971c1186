-- 接口密钥: programs of others that report by Open311 in their own name. Made and ended by the system administrator of its area.
create table grid.api_key (
  id uuid primary key, area text collate "C" not null references areas.area, name text not null, keeper text not null, key_hash bytea not null unique,
  per_minute int not null check (per_minute between 1 and 300), made_at timestamptz not null, made_by uuid not null references access.post, last_used_on date, ended_at timestamptz, ended_by uuid references access.post);
comment on table grid.api_key is '接口密钥: which program may report in its own name, and who keeps it. No role of a request reads it: definers ask who acts, or for the key itself';
comment on column grid.api_key.key_hash is 'SHA-256 of the key, which was shown once';
alter table grid.report add constraint of_an_api_key foreign key (api_key_id) references grid.api_key;
create index reports_of_api_key on grid.report (api_key_id, reported_at desc) where api_key_id is not null;
-- Whoever has no key knows no id of one: it is told for the key alone. Residents and officers report in their own name.
grant insert (api_key_id) on grid.report to app_public, app_resident, app_staff;
drop policy reported_by_self on grid.report;
create policy reported_by_self on grid.report for insert to app_resident with check (post_id is null and api_key_id is null
  and account_id = (select nullif(current_setting('app.account', true), '')) and (person_id is null or person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])));
drop policy reported_by_officer on grid.report;
create policy reported_by_officer on grid.report for insert to app_staff with check (account_id is null and person_id is null and api_key_id is null
  and post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[]));

create function grid.make_api_key(new_id uuid, the_area text, the_name text, the_keeper text, the_hash bytea, most_per_minute int, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := access.must_act('system-administrator');
begin
  if not access.in_reach(the_area) then return false; end if;
  insert into grid.api_key (id, area, name, keeper, key_hash, per_minute, made_at, made_by) values (new_id, the_area, the_name, the_keeper, the_hash, most_per_minute, at, acting_post);
  return true;
end $$;
create function grid.api_keys() returns table (id uuid, area text, name text, keeper text, per_minute int, made_at timestamptz, last_used_on date, ended_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return query select k.id, k.area, k.name, k.keeper, k.per_minute, k.made_at, k.last_used_on, k.ended_at from grid.api_key k where access.in_reach(k.area) order by k.made_at desc, k.id;
end $$;
create function grid.end_api_key(the_key uuid, at timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := access.must_act('system-administrator');
begin
  update grid.api_key k set ended_at = at, ended_by = acting_post where k.id = the_key and access.in_reach(k.area) and k.ended_at is null;
  return found;
end $$;
revoke all on function grid.make_api_key(uuid, text, text, text, bytea, int, timestamptz), grid.api_keys(), grid.end_api_key(uuid, timestamptz) from public;
grant execute on function grid.make_api_key(uuid, text, text, text, bytea, int, timestamptz), grid.api_keys(), grid.end_api_key(uuid, timestamptz) to app_staff;

-- Which key it is, for whoever holds it; a report marks the day, so that a key that nobody uses any more is seen.
create function grid.api_key_of(the_hash bytea, used_on date) returns table (id uuid, per_minute int) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update grid.api_key k set last_used_on = used_on where k.key_hash = the_hash and k.ended_at is null and (k.last_used_on is null or k.last_used_on < used_on);
  return query select k.id, k.per_minute from grid.api_key k where k.key_hash = the_hash and k.ended_at is null;
end $$;
-- What was reported with a key, for whoever holds it; of what is not shown yet no more than whoever was told its id may know.
create function grid.requests_of_key(the_hash bytea, since timestamptz, until timestamptz, most int) returns setof grid.request language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select q.* from grid.request q where q.public_id in (
    select i.public_id from grid.api_key k join grid.report r on r.api_key_id = k.id join grid.incident i on i.id = r.incident_id
    where k.key_hash = the_hash and k.ended_at is null and r.reported_at between since and until order by r.reported_at desc limit least(most, 1000))
  order by q.reported_at desc, q.public_id $$;
revoke all on function grid.api_key_of(bytea, date), grid.requests_of_key(bytea, timestamptz, timestamptz, int) from public;
grant execute on function grid.api_key_of(bytea, date), grid.requests_of_key(bytea, timestamptz, timestamptz, int) to app_public;
