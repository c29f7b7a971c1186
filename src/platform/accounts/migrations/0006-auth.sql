-- The first four tables are those of better-auth 1.7 (its names, quoted; written by its own getMigrations, then
-- read by hand). accounts.test.ts asks better-auth whether anything is missing, so an upgrade cannot drift unseen.
create schema if not exists auth;
revoke all on schema auth from public;
comment on schema auth is 'Accounts, sessions and what guards sign-in. Only the server''s own login role reads it; no role of a request does.';

create table auth."user" (
  "id" uuid primary key default gen_random_uuid(),
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "username" text unique,
  "kind" text not null,
  constraint kind_is_known check ("kind" in ('resident', 'staff')),
  constraint only_staff_have_a_username check (("kind" = 'staff') = ("username" is not null)),
  constraint residents_have_no_name_here check ("kind" = 'staff' or "name" = '')
);
comment on table auth."user" is 'An account: a way to sign in, not a person. "email" is a random placeholder under .invalid, because better-auth demands one.';

create table auth."session" (
  "id" uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  -- A token in the clear is 43 characters: whatever writes one here by mistake is refused.
  constraint token_is_a_digest check ("token" ~ '^[0-9a-f]{64}$')
);
create index "session_userId_idx" on auth."session" ("userId");
create index session_expires_at on auth."session" ("expiresAt");
comment on table auth."session" is 'Who is signed in. "token" is SHA-256 of the cookie''s token; "updatedAt" is when the session was last used, to the minute; "ipAddress" stays empty.';

create table auth."account" (
  "id" uuid primary key default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  constraint one_credential_per_provider unique ("userId", "providerId")
);
comment on table auth."account" is 'better-auth''s word for a credential of a user: the scrypt hash of a staff password.';

create table auth."verification" (
  "id" uuid primary key default gen_random_uuid(),
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index "verification_identifier_idx" on auth."verification" ("identifier");
comment on table auth."verification" is 'Part of better-auth''s schema. Phone codes are not kept here, because better-auth would keep them in plain text.';

create table auth.resident_phone (
  account_id uuid primary key references auth."user" ("id") on delete cascade,
  phone_hash bytea not null,
  phone_sealed bytea not null,
  created_at timestamptz not null,
  constraint one_account_per_phone unique (phone_hash)
);
comment on table auth.resident_phone is 'The phone of a resident''s account: found by a keyed hash, readable only with the key outside the database.';

create table auth.phone_code (
  phone_hash bytea primary key,
  code_hash bytea not null,
  replaced_hash bytea,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz,
  used_on_try integer,
  created_at timestamptz not null,
  constraint used_once check ((used_at is null) = (used_on_try is null))
);
create index phone_code_expires_at on auth.phone_code (expires_at);
comment on table auth.phone_code is 'The one live code of a phone, both as keyed hashes. A new code replaces the old one; the winner of a race is the try named by used_on_try.';
comment on column auth.phone_code.replaced_hash is 'The code sent before this one, so that whoever types the older message is told so.';

create table auth.sign_in_try (
  username_hash bytea primary key,
  tries integer not null,
  last_at timestamptz not null
);
create index sign_in_try_last_at on auth.sign_in_try (last_at);
comment on table auth.sign_in_try is 'Password tries since the last success, for names that exist and names that do not. Keyed hashes, because people type passwords into the wrong field.';

revoke all on all tables in schema auth from public;
grant usage on schema auth to kaifong_app;
grant select, insert, update, delete on
  auth."user", auth."session", auth."account", auth."verification", auth.resident_phone, auth.phone_code, auth.sign_in_try
  to kaifong_app;
