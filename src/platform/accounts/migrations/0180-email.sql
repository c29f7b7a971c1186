-- An e-mail address of a resident's account: where news goes, never a way to sign in. Two accounts may share one.
create table auth.resident_email (
  account_id uuid primary key references auth."user" ("id") on delete cascade,
  email_hash bytea not null,
  email_sealed bytea not null,
  proved_at timestamptz not null,
  bounced_at timestamptz
);
comment on table auth.resident_email is 'The e-mail address of a resident''s account, proved by a code: known again by a keyed hash, readable only with the key outside the database';
comment on column auth.resident_email.bounced_at is 'A mail server said that nobody has this address: nothing is sent until she proves one again';
comment on table auth.phone_code is 'The one live code of a phone, or of an e-mail address that an account wants to prove, both as keyed hashes. A new code replaces the old one; the winner of a race is the try named by used_on_try.';
revoke all on auth.resident_email from public;
grant select, insert, update, delete on auth.resident_email to kaifong_app;
