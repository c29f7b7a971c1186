-- What leaves the house of a message. The message itself is written as before; a sweep decides, sends and notes.
grant usage on schema messages to app_system;
create policy message_to_send on messages.message for select to app_system
  using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select (id, person_id, kind, params, made_at, read_at) on messages.message to app_system;

create table messages.channel_choice (
  account_id text not null, channel text not null check (channel in ('sms', 'email')), wanted boolean not null, chosen_at timestamptz not null,
  primary key (account_id, channel));
comment on table messages.channel_choice is 'What somebody chose for a channel. Without a row: SMS yes, e-mail no; proving an address writes one';
alter table messages.channel_choice enable row level security;
create policy choice_is_own on messages.channel_choice for all to app_resident
  using (account_id = (select nullif(current_setting('app.account', true), '')));
create policy choices_are_kept_to on messages.channel_choice for select to app_system
  using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select, insert, update (wanted, chosen_at) on messages.channel_choice to app_resident;
grant select on messages.channel_choice to app_system;

create table messages.dispatch (
  id uuid primary key,
  message_id uuid not null references messages.message,
  person_id uuid not null references people.person,
  channel text not null check (channel in ('sms', 'email')),
  urgent boolean not null,
  state text not null check (state in ('due', 'sending', 'sent', 'failed', 'unclear', 'skipped')),
  not_before timestamptz not null,
  attempts integer not null default 0,
  parcel_id uuid,
  first_claimed_at timestamptz, claimed_at timestamptz,
  failing_since timestamptz, fault text,
  receipt text, sent_at timestamptz, delivered_at timestamptz, undelivered_at timestamptz,
  decided_at timestamptz not null, settled_at timestamptz,
  constraint once_a_channel unique (message_id, channel),
  constraint settled_or_open check ((settled_at is null) = (state in ('due', 'sending'))),
  constraint sent_has_its_time check (state <> 'sent' or sent_at is not null),
  constraint one_end check (delivered_at is null or undelivered_at is null));
comment on table messages.dispatch is 'What became of a message on a channel out of the house: due, sending, then sent, failed, unclear (it may have arrived) or skipped';
comment on column messages.dispatch.parcel_id is 'What left together; the reference that the provider was given. None before the first hand-over, and none again when that surely failed';
comment on column messages.dispatch.fault is 'Code of the last fault, or why it was skipped; never an address';
comment on column messages.dispatch.receipt is 'The provider''s own name for it';
create index dispatch_waiting on messages.dispatch (channel, not_before) where state = 'due';
create index dispatch_open_of_person on messages.dispatch (person_id, channel) where state in ('due', 'sending');
create index dispatch_of_parcel on messages.dispatch (parcel_id) where parcel_id is not null;
create index dispatch_settled on messages.dispatch (settled_at);
alter table messages.dispatch enable row level security;
create policy sent_by_sweeps on messages.dispatch for all to app_system
  using ((select nullif(current_setting('app.scope', true), '')) is not null);
create policy dispatch_is_own on messages.dispatch for select to app_resident
  using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
grant select, insert (id, message_id, person_id, channel, urgent, state, not_before, decided_at),
  update (state, not_before, attempts, parcel_id, first_claimed_at, claimed_at, failing_since, fault, receipt, sent_at, delivered_at, undelivered_at, settled_at)
  on messages.dispatch to app_system;
grant select (message_id, person_id, channel, state, delivered_at, undelivered_at) on messages.dispatch to app_resident;

create table messages.sweep (one boolean primary key default true check (one), since timestamptz not null, until timestamptz not null);
comment on table messages.sweep is 'How far the sweep has looked. What was told before it first ran is in the inbox and is not sent';
alter table messages.sweep enable row level security;
create policy sweeps_remember on messages.sweep for all to app_system
  using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select, insert, update (until) on messages.sweep to app_system;

-- What one does to the own e-mail address is told in the own inbox, in the transaction of the act.
create policy message_about_own_email on messages.message for insert to app_resident
  with check (case_id is null and kind in ('email_changed', 'email_removed')
    and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));

-- In a demo both channels end in the outbox.
alter table messages.demo_outbox rename column phone_tail to tail;
alter table messages.demo_outbox rename column phone_blind to to_blind;
alter table messages.demo_outbox rename column code_sealed to text_sealed;
alter table messages.demo_outbox add column channel text not null default 'sms' check (channel in ('sms', 'email')),
  add column reference uuid unique;
comment on column messages.demo_outbox.tail is 'Last digits of the phone, or the masked e-mail address';
comment on column messages.demo_outbox.reference is 'Of a message: the same one twice is one line. Codes have none';
comment on table messages.demo_outbox is 'Demo only: the codes and messages that providers would have sent. Refused by its trigger in any other database';
