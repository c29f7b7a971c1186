-- The sweep that reminds of a residence permit's last day says so to whom it has just noted, and to nobody else.
create policy permit_ending_told on messages.message for insert to app_system
  with check (case_id is null and kind = 'permit_ending' and exists (select from cases.permit_reminder r where r.person_id = message.person_id and r.told_at = made_at));
grant insert (id, person_id, kind, params, case_id, made_at) on messages.message to app_system;
