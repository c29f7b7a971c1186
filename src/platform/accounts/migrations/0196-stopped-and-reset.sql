-- An account can be stopped, and lose its factors so that a link alone leads to the next one.
alter table auth."user" add column stopped_at timestamptz;
comment on column auth."user".stopped_at is 'Nobody signs in with it from then on, and no session of it counts; null again when it works again';

create table auth.factor_reset (
  account_id uuid primary key references auth."user" ("id") on delete cascade,
  with_password boolean not null,
  proposal_id uuid,
  digest text unique,
  expires_at timestamptz,
  constraint link_is_a_digest check (digest ~ '^[0-9a-f]{64}$'),
  constraint link_whole check ((digest is null) = (expires_at is null))
);
comment on table auth.factor_reset is 'The factors of the account were taken away: until a new one is set, its password alone leads nowhere. digest is SHA-256 of the link''s token, good once and for a day';
comment on column auth.factor_reset.with_password is 'The password was forgotten too: whoever holds the link sets a new one instead of showing it';
comment on column auth.factor_reset.proposal_id is 'The proposal whose approval took them last, which alone leads to a link; empty where the console took them';
alter table auth.pending_sign_in add column reset_digest text;
comment on column auth.pending_sign_in.reset_digest is 'Of the link that led here; it is used up when the factor is set';

alter table auth.sign_in_try add column what text not null default 'password' check (what in ('password', 'factor', 'change'));
comment on column auth.sign_in_try.what is 'What was tried: a password at the door, a second factor, the old password before a new one';

alter table auth.sign_in_try add column account_id uuid references auth."user" ("id") on delete cascade;
comment on column auth.sign_in_try.account_id is 'Whose password or factor was tried; empty for a name that nobody has';
create index tries_of_account on auth.sign_in_try (account_id) where account_id is not null;

create table auth.sign_in_failure (
  hour timestamptz not null,
  how text not null check (how in ('unknown', 'password', 'factor')),
  failures integer not null,
  primary key (hour, how)
);
comment on table auth.sign_in_failure is 'Failed tries at the door of the desk, counted by hour: a name that nobody has, a wrong password for one that somebody has, a right password and a wrong factor. Nobody is named';

revoke all on auth.factor_reset, auth.sign_in_failure from public;
grant select, delete on auth.factor_reset to kaifong_app;
grant select, insert, update, delete on auth.sign_in_failure to kaifong_app;

-- Called inside functions of other rooms, with their rights; nobody else may. In the transaction of what they do: an account that
-- is stopped and goes on working for a moment is not stopped.
create function auth.end_sessions(the_account uuid) returns int language sql set search_path = pg_catalog, pg_temp as $$
  with half as (delete from auth.pending_sign_in where account_id = the_account),
    whole as (delete from auth."session" where "userId" = the_account returning 1)
  select count(*)::int from whole $$;
create function auth.stop(the_account uuid, at timestamptz) returns void language sql set search_path = pg_catalog, pg_temp as $$
  select auth.end_sessions(the_account);
  update auth."user" set stopped_at = at where "id" = the_account $$;
create function auth.restart(the_account uuid) returns void language sql set search_path = pg_catalog, pg_temp as $$
  update auth."user" set stopped_at = null where "id" = the_account $$;
-- Factors, recovery codes, linked identities, sessions, and what is known of wrong tries under the account itself.
create function auth.take_factors(the_account uuid, and_password boolean, the_proposal uuid) returns void language sql set search_path = pg_catalog, pg_temp as $$
  delete from auth.totp where account_id = the_account;
  delete from auth.passkey where account_id = the_account;
  delete from auth.recovery_code where account_id = the_account;
  delete from auth.identity_link where account_id = the_account;
  select auth.end_sessions(the_account);
  update auth."account" set "password" = null where and_password and "userId" = the_account and "providerId" = 'credential';
  insert into auth.factor_reset (account_id, with_password, proposal_id) select "id", and_password, the_proposal from auth."user" where "id" = the_account
    on conflict (account_id) do update set with_password = auth.factor_reset.with_password or excluded.with_password, proposal_id = excluded.proposal_id,
      digest = null, expires_at = null $$;
-- A new link ends the one before. False when no factor waits to be set any more, or another proposal took them since: an approval
-- leads into the account that it opened, and not into what somebody else opens later.
create function auth.link_reset(the_account uuid, the_proposal uuid, the_digest text, until timestamptz) returns boolean language sql set search_path = pg_catalog, pg_temp as $$
  with made as (update auth.factor_reset set digest = the_digest, expires_at = until where account_id = the_account and proposal_id is not distinct from the_proposal returning 1)
  select exists (select from made) $$;
create function auth.sessions_of(the_accounts uuid[], at timestamptz, idle interval) returns table (id uuid, account_id uuid, device text, first_at timestamptz, last_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select "id", "userId", "userAgent", "createdAt", "updatedAt" from auth."session"
  where "userId" = any (the_accounts) and "expiresAt" > at and "updatedAt" + idle > at $$;
revoke all on function auth.end_sessions(uuid), auth.stop(uuid, timestamptz), auth.restart(uuid), auth.take_factors(uuid, boolean, uuid),
  auth.link_reset(uuid, uuid, text, timestamptz), auth.sessions_of(uuid[], timestamptz, interval) from public;
