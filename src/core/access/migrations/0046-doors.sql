-- Signing in and out and choosing a post happen before any scope: the login role writes them down.
grant usage on schema platform to kaifong_app;
grant insert on platform.audit to kaifong_app;

-- One key, one act. Definer: nobody may list or change what others have sent.
create function platform.claim_key(the_actor text, the_operation text, the_key text, the_hash bytea, the_time timestamptz)
returns table (claimed boolean, body_hash bytea, result jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.idempotency (actor, operation, key, body_hash, at)
    values (the_actor, the_operation, the_key, the_hash, the_time) on conflict do nothing;
  if found then return query select true, null::bytea, null::jsonb; return; end if;
  return query select false, i.body_hash, i.result from platform.idempotency i
    where i.actor = the_actor and i.operation = the_operation and i.key = the_key;
end $$;
create function platform.settle_key(the_actor text, the_operation text, the_key text, the_result jsonb) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update platform.idempotency set result = the_result
    where actor = the_actor and operation = the_operation and key = the_key and result is null $$;
revoke all on function platform.claim_key(text, text, text, bytea, timestamptz), platform.settle_key(text, text, text, jsonb) from public;
grant execute on function platform.claim_key(text, text, text, bytea, timestamptz), platform.settle_key(text, text, text, jsonb)
  to app_staff, app_resident, app_public;
revoke all on platform.idempotency from app_staff, app_resident, app_public;

-- Nobody looks in another's name. Definer: staff do not see who works where.
create function access.holds_post(the_account text, the_post uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from access.post p join access.officer o on o.id = p.officer_id where p.id = the_post and o.account_id = the_account) $$;
revoke all on function access.holds_post(text, uuid) from public;
grant execute on function access.holds_post(text, uuid) to app_staff;
drop policy staff_write_entries on access.read_entry;
create policy staff_write_entries on access.read_entry for insert to app_staff
  with check (account_id = (select nullif(current_setting('app.account', true), '')) and access.holds_post(account_id, post_id));
