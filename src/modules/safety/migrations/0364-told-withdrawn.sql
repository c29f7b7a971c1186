-- Whoever was warned is told when the warning is taken back: she may be sitting in a shelter because of it.
alter table safety.broadcast_told add column withdrawn_told_at timestamptz;
comment on column safety.broadcast_told.withdrawn_told_at is 'When she was told that it was withdrawn; null where it was not, or not yet';
create policy told_that_it_is_withdrawn on safety.broadcast_told for update to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null)
  with check (exists (select from safety.broadcast b where b.id = broadcast_id and b.status = 'withdrawn' and b.ended_at <= withdrawn_told_at));
grant update (withdrawn_told_at) on safety.broadcast_told to app_system;
grant select (ended_at) on safety.broadcast to app_system;
create policy told_of_a_withdrawal on messages.message for insert to app_system with check (case_id is null and kind = 'warning_withdrawn'
  and exists (select from safety.broadcast_told t where t.person_id = message.person_id and t.broadcast_id = (params->>'warning')::uuid and t.withdrawn_told_at = message.made_at));
