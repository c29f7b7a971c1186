-- What stands behind a password or a phone code: second factors, the sign-in that waits for one, devices, and changes that can be undone.
alter table auth."session" add column second_factor_at timestamptz;
comment on column auth."session".second_factor_at is 'When this session last showed a second factor: A2 for ten minutes';
comment on column auth."session"."userAgent" is 'Kind of device only (phone-android, computer-windows …), never the browser''s own words';

create table auth.pending_sign_in (
  digest text primary key,
  account_id uuid not null references auth."user" ("id") on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz,
  constraint pending_is_a_digest check (digest ~ '^[0-9a-f]{64}$')
);
create index pending_sign_in_expires_at on auth.pending_sign_in (expires_at);
comment on table auth.pending_sign_in is 'A right password, and no session yet: waits ten minutes for the second factor. digest is SHA-256 of the token in a short cookie; good once.';

create table auth.totp (
  account_id uuid primary key references auth."user" ("id") on delete cascade,
  secret_sealed bytea not null,
  last_step bigint not null,
  created_at timestamptz not null
);
comment on table auth.totp is 'Authenticator app of an account. The secret is sealed; last_step is the last time step that was used, so that a code is good once.';

create table auth.passkey (
  id uuid primary key,
  account_id uuid not null references auth."user" ("id") on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  device text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_of_account on auth.passkey (account_id);
comment on table auth.passkey is 'Passkeys: public keys, whose private halves never leave the devices of their owners';

create table auth.challenge_used (digest bytea primary key, used_at timestamptz not null);
create index challenge_used_at on auth.challenge_used (used_at);
comment on table auth.challenge_used is 'Challenges of passkeys that were answered: none is answered twice. Those not answered leave no row, so that looking at a sign-in page writes nothing.';

create table auth.recovery_code (
  account_id uuid not null references auth."user" ("id") on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);
comment on table auth.recovery_code is 'One-time codes for whoever lost the device, as keyed hashes';

alter table auth.resident_phone add column signed_in_at timestamptz, add column doubted_at timestamptz;
comment on column auth.resident_phone.signed_in_at is 'Last sign-in with this phone: long silence makes the number doubtful, because operators give numbers out again';
comment on column auth.resident_phone.doubted_at is 'The number may have another owner: the account is A0 until the window or a passkey confirms it';

create table auth.phone_change (
  id uuid primary key,
  account_id uuid not null references auth."user" ("id") on delete cascade,
  old_hash bytea not null,
  old_sealed bytea not null,
  changed_at timestamptz not null,
  undo_digest text not null unique,
  undone_at timestamptz,
  constraint undo_is_a_digest check (undo_digest ~ '^[0-9a-f]{64}$')
);
create index phone_change_of_account on auth.phone_change (account_id, changed_at);
comment on table auth.phone_change is 'A phone was changed; the link that the old phone got undoes it for seven days, once';

create table auth.identity_link (
  issuer text not null,
  subject text not null,
  account_id uuid not null references auth."user" ("id") on delete cascade,
  linked_at timestamptz not null,
  primary key (issuer, subject),
  constraint one_identity_per_issuer unique (account_id, issuer)
);
comment on table auth.identity_link is 'An account of an identity service (OIDC), linked by its owner while signed in; never found by e-mail or name';

revoke all on all tables in schema auth from public;
grant select, insert, update, delete on auth.pending_sign_in, auth.totp, auth.passkey, auth.challenge_used, auth.recovery_code,
  auth.phone_change, auth.identity_link to kaifong_app;
