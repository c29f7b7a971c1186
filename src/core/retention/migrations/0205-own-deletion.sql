-- A resident's own request (个人信息保护法 47): docs/adr/0011-retention.md. That she asked stands with her account (auth."user").
grant usage on schema retention to app_resident, kaifong_app;
create table retention.deletion_sweep (one boolean primary key default true check (one), at timestamptz not null, even_since timestamptz not null);
comment on table retention.deletion_sweep is 'When accounts were last looked through for deletion, and since when the clock has gone on evenly: after a jump nobody''s days of grace are over at once';
alter table retention.deletion_sweep enable row level security;
create policy sweeps_remember on retention.deletion_sweep for all to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select, insert (at, even_since), update (at, even_since) on retention.deletion_sweep to app_system;

-- The basis of a hold that keeps the account waiting, never its reason: of the person that it is bound to, or of the kinds that go
-- with it (the_classes) in her area.
create function retention.held_account(the_account text, the_classes text[], as_of timestamptz) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select h.basis from access.person_account b join people.person p on p.id = b.person_id
    join retention.hold h on (h.ended_at is null or h.ended_at > as_of) and (h.until is null or h.until >= (as_of at time zone 'Asia/Shanghai')::date)
      and case h.kind when 'person' then h.person_id = p.id when 'area' then h.class = any(the_classes) and starts_with(coalesce(p.living_area, p.hukou_area), h.area) else false end
  where b.account_id = the_account and b.ended_at is null order by h.placed_at, h.id limit 1 $$;
revoke all on function retention.held_account(text, text[], timestamptz) from public;

-- Definer: asked for a session that opens nothing any more, so that no scope of hers exists.
create function retention.deletion_waits(the_account text, the_classes text[], as_of timestamptz) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select retention.held_account(the_account, the_classes, as_of) $$;
revoke all on function retention.deletion_waits(text, text[], timestamptz) from public;
grant execute on function retention.deletion_waits(text, text[], timestamptz) to kaifong_app;

-- What stays of hers. Definer: a case that was put away is seen by nobody and stays all the same, which she is told.
create function retention.own_cases(the_person uuid) returns table (id uuid, number text, matter text, status text, open boolean, put_away boolean, since timestamptz, papers int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.number, c.matter_code, c.status, c.open, c.restricted_at is not null,
    case when not c.open then coalesce(c.closed_at, (select t.recorded_at from cases.timeline t where t.case_id = c.id and t.seq = c.seq)) end,
    (select count(*)::int from documents.document d where d.case_id = c.id)
  from cases.case c where c.applicant_id = the_person and the_person = any(nullif(current_setting('app.subjects', true), '')::uuid[])
  order by c.open desc, c.received_at desc, c.id limit 500 $$;
revoke all on function retention.own_cases(uuid) from public;
grant execute on function retention.own_cases(uuid) to app_resident;

-- A binding is history from here on: who was bound by whom stays as long as its class says.
create function retention.end_bindings(ids uuid[], at timestamptz) returns void language sql volatile set search_path = pg_catalog, pg_temp as $$
  update access.person_account set ended_at = at, ended_why = 'account_deleted' where account_id = any(ids::text[]) and ended_at is null $$;
revoke all on function retention.end_bindings(uuid[], timestamptz) from public;

-- Accounts whose days are over, longest asked first; those that a hold keeps waiting are left out.
create function retention.accounts_to_delete(asked_before timestamptz, the_classes text[], as_of timestamptz, most int) returns table (id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u."id" from auth."user" u where u.deletion_asked_at <= asked_before and retention.held_account(u."id"::text, the_classes, as_of) is null
  order by u.deletion_asked_at, u."id" limit most $$;

-- Deletes these, of them those that are still asked for and not held. A hold that is being placed waits for this batch, and this batch
-- for it. A commitment stands at the place of its id, a blind at that of the id in blind_of. @returns how many went
create function retention.delete_accounts(ids uuid[], asked_before timestamptz, the_classes text[], tombstones uuid[], commitments bytea[], blind_of uuid[], blinds bytea[], the_day date, at timestamptz) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare taken uuid[]; last bigint;
begin
  perform pg_advisory_xact_lock_shared(hashtext('retention.hold'));
  -- Whoever keeps hers at this moment, or another sweep, has done so before the next line looks.
  perform from auth."user" u where u."id" = any(ids) order by u."id" for update;
  select coalesce(array_agg(u."id"), '{}') into taken from auth."user" u
    where u."id" = any(ids) and u.deletion_asked_at <= asked_before and retention.held_account(u."id"::text, the_classes, at) is null;
  if cardinality(taken) = 0 then return 0; end if;
  perform retention.end_bindings(taken, at), retention.drop_accounts(taken, (select array_agg(b) from unnest(blind_of, blinds) x (i, b) where i = any(taken)));
  delete from platform.idempotency i where i.actor in (select 'app_resident:' || t from unnest(taken) t);
  perform pg_advisory_xact_lock(hashtext('retention.tombstone'));
  select coalesce(max(t.seq), 0) into last from retention.tombstone t;
  insert into retention.tombstone (id, seq, kind, class, rule, on_day, commitment)
    select x.t, last + row_number() over (), 'account', null, 'request', the_day, x.c from unnest(ids, tombstones, commitments) x (i, t, c) where x.i = any(taken);
  return cardinality(taken);
end $$;
revoke all on function retention.accounts_to_delete(timestamptz, text[], timestamptz, int), retention.delete_accounts(uuid[], timestamptz, text[], uuid[], bytea[], uuid[], bytea[], date, timestamptz) from public;
grant execute on function retention.accounts_to_delete(timestamptz, text[], timestamptz, int), retention.delete_accounts(uuid[], timestamptz, text[], uuid[], bytea[], uuid[], bytea[], date, timestamptz) to app_system;

-- Asked for and taken back at the door: no scope may touch `auth`.
alter policy doors on platform.audit with check (operation in ('account.password', 'account.sign-in', 'account.sign-out', 'account.confirm',
  'account.add-factor', 'account.remove-factor', 'account.new-recovery-codes', 'account.end-sessions', 'account.link-identity', 'account.unlink-identity',
  'account.change-password', 'account.reset-link', 'account.see-notices', 'account.undo-phone', 'account.undo-binding', 'account.ask-deletion', 'account.keep',
  'access.choose-post') and post_id is null and schedule is null);
