-- What a resident does to her own sign-in is told to her in her own inbox, in the transaction of the act.
create policy message_about_own_account on messages.message for insert to app_resident
  with check (case_id is null and kind in ('phone_changed', 'bank_account_changed')
    and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
alter table messages.demo_outbox add column note boolean not null default false;
comment on column messages.demo_outbox.note is 'A sentence to a phone, not a code';
