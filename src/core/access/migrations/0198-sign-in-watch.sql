-- What a security administrator watches over: open sessions of officers, names that rest, failed tries as counts. No resident.
create function access.sign_ins_in(at timestamptz, idle_seconds int) returns table (officer_id uuid, name text, number text, organisation text, area text, stopped_at timestamptz, account_id text, username text, sessions jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('security-administrator');
  return query select o.id, o.name, o.number, g.name, g.area, o.stopped_at, o.account_id, u."username",
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'device', s.device, 'firstAt', s.first_at, 'lastAt', s.last_at) order by s.last_at desc)
        from auth.sessions_of(array[o.account_id::uuid], at, make_interval(secs => idle_seconds)) s), '[]')
    from access.officer o join access.organisation g on g.id = o.organisation_id join auth."user" u on u."id" = o.account_id::uuid
    where o.ended_at is null and access.in_reach(g.area) order by o.number;
end $$;

-- Wrong tries under hashes that the server made of usernames and accounts; and how many rest under names that are none of them.
create function access.resting_in(the_hashes bytea[], allowed int, lock_seconds int, at timestamptz) returns table (hash bytea, last_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('security-administrator');
  return query select t.username_hash, t.last_at from auth.sign_in_try t
    where t.tries >= allowed and t.last_at + make_interval(secs => lock_seconds) > at and (t.username_hash = any (the_hashes) or t.what = 'password');
end $$;

create function access.failures_since(since timestamptz) returns table (hour timestamptz, how text, failures int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('security-administrator');
  return query select f.hour, f.how, f.failures from auth.sign_in_failure f where f.hour >= since order by f.hour desc, f.how;
end $$;

-- One session of an officer, or all of them with the sign-ins that are half done.
create function access.end_sessions(the_officer uuid, the_session uuid, at timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  acting_post uuid := access.must_act('security-administrator');
  o access.officer;
  ended int;
begin
  select * into o from access.officer_in_reach(the_officer);
  if not found then return null; end if;
  if the_session is null then
    ended := auth.end_sessions(o.account_id::uuid);
  else
    delete from auth."session" where "id" = the_session and "userId" = o.account_id::uuid;
    get diagnostics ended = row_count;
  end if;
  if ended > 0 then perform access.note(o.id, 'sessions_ended', at, acting_post, null); end if;
  return ended;
end $$;

-- Her own tries alone, whatever was tried: the tries say whose they are.
create function access.release(the_officer uuid, the_reason text, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  acting_post uuid := access.must_act('security-administrator');
  o access.officer;
begin
  select * into o from access.officer_in_reach(the_officer);
  if not found then return 'missing'; end if;
  if o.id = (select p.officer_id from access.post p where p.id = acting_post) then return 'own'; end if;
  delete from auth.sign_in_try where account_id = o.account_id::uuid;
  if not found then return 'free'; end if;
  perform access.note(o.id, 'released', at, acting_post, the_reason);
  return 'done';
end $$;

-- For the system administrator: when a command last ended well that writes itself down: months are looked at one by one, so only the last hundred days.
create function access.last_command(the_operation text, at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return (select max(a.at) from platform.audit a where a.at > last_command.at - interval '100 days' and a.operation = the_operation and a.actor_kind = 'system' and a.outcome = 'done');
end $$;

revoke all on function access.last_command(text, timestamptz), access.sign_ins_in(timestamptz, int), access.resting_in(bytea[], int, int, timestamptz), access.failures_since(timestamptz),
  access.end_sessions(uuid, uuid, timestamptz), access.release(uuid, text, timestamptz) from public;
grant execute on function access.last_command(text, timestamptz), access.sign_ins_in(timestamptz, int), access.resting_in(bytea[], int, int, timestamptz), access.failures_since(timestamptz),
  access.end_sessions(uuid, uuid, timestamptz), access.release(uuid, text, timestamptz) to app_staff;
