-- A keyed hash begins with the id of its key (docs/adr/0012): those of before were made with the key that the database was begun with.
update platform.audit_subject set blind = (select decode(value, 'hex') from platform.setting where name = 'keys') || blind;
update platform.kept_form set owner = (select decode(value, 'hex') from platform.setting where name = 'keys') || owner;

-- While the blind key changes a value has a hash under each, and a unique column holds for each alone. Whoever writes one waits
-- here, until the end of its transaction, for whoever else writes the same value. In order, so that two never wait for each other.
create function platform.lock_values(the_hashes bytea[]) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare h bytea;
begin
  for h in select distinct u from unnest(the_hashes) u order by u loop
    perform pg_advisory_xact_lock(hashtextextended(encode(h, 'hex'), 0));
  end loop;
end $$;
revoke all on function platform.lock_values(bytea[]) from public;
grant execute on function platform.lock_values(bytea[]) to kaifong_app;

drop function platform.mark_subject(bytea, bytea, bytea);
-- As before, and found by any hash of the subject; a new one gets the first. Definer: nobody lists whom the audit is about.
create function platform.mark_subject(the_blinds bytea[], the_mark bytea, the_sealed bytea) returns bytea
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare found_mark bytea;
begin
  -- By itself, since of an array a plan is made at every call, and nearly always this finds it.
  select s.mark into found_mark from platform.audit_subject s where s.blind = the_blinds[1];
  if found then return found_mark; end if;
  if cardinality(the_blinds) > 1 then
    perform platform.lock_values(the_blinds);
    select s.mark into found_mark from platform.audit_subject s where s.blind = any(the_blinds);
    if found then return found_mark; end if;
  end if;
  insert into platform.audit_subject (mark, blind, sealed) values (the_mark, the_blinds[1], the_sealed) on conflict (blind) do nothing;
  if found then return the_mark; end if;
  -- Somebody else's first act of the same subject came first and has committed by now.
  select s.mark into strict found_mark from platform.audit_subject s where s.blind = any(the_blinds);
  return found_mark;
end $$;
revoke all on function platform.mark_subject(bytea[], bytea, bytea) from public;
grant execute on function platform.mark_subject(bytea[], bytea, bytea) to app_staff, app_resident, app_public, kaifong_app;
