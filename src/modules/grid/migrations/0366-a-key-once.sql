-- A key that is given already is refused in words.
create or replace function grid.make_api_key(new_id uuid, the_area text, the_name text, the_keeper text, the_hash bytea, most_per_minute int, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := access.must_act('system-administrator');
begin
  if not access.in_reach(the_area) then return false; end if;
  insert into grid.api_key (id, area, name, keeper, key_hash, per_minute, made_at, made_by)
    values (new_id, the_area, the_name, the_keeper, the_hash, most_per_minute, at, acting_post) on conflict (key_hash) do nothing;
  return found;
end $$;
