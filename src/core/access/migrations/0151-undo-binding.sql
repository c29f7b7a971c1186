-- A binding tells the channels that the person had before, and can be undone from there for seven days.
alter table access.person_account add column undo_digest text unique constraint undo_is_a_digest check (undo_digest ~ '^[0-9a-f]{64}$');
comment on column access.person_account.undo_digest is 'SHA-256 of the token in the link that the earlier phone got';
grant insert (undo_digest) on access.person_account to app_staff;

-- Ends a young binding: for whoever holds the link, or for the bound account itself. Definer: asked before any scope exists, by
-- somebody who is bound to nobody any more. @returns the account that was bound
create function access.undo_binding(the_digest text, the_account text, not_before timestamptz, at timestamptz) returns text
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update access.person_account set ended_at = at, ended_why = 'undone'
    where (undo_digest = the_digest or account_id = the_account) and ended_at is null and bound_at > not_before
    returning account_id $$;
create function access.can_undo_binding(the_digest text, the_account text, not_before timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select bound_at from access.person_account
    where (undo_digest = the_digest or account_id = the_account) and ended_at is null and bound_at > not_before $$;
revoke all on function access.undo_binding(text, text, timestamptz, timestamptz), access.can_undo_binding(text, text, timestamptz) from public;
grant execute on function access.undo_binding(text, text, timestamptz, timestamptz), access.can_undo_binding(text, text, timestamptz) to kaifong_app;

-- What people do to their own sign-in is written down by the login role too: no scope may touch `auth`.
alter policy doors on platform.audit with check (operation in ('account.password', 'account.sign-in', 'account.sign-out', 'account.confirm',
  'account.add-factor', 'account.remove-factor', 'account.new-recovery-codes', 'account.end-sessions', 'account.link-identity',
  'account.unlink-identity', 'account.undo-phone', 'account.undo-binding', 'access.choose-post') and post_id is null and schedule is null);
