-- At A2 a resident changes where benefits are paid to. The use case asks for the level; the row can only be her own.
create policy own_account_is_recorded on people.bank_account for insert to app_resident
  with check (source = 'self' and method = 'declared' and case_id is null
    and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
create policy own_account_is_ended on people.bank_account for update to app_resident
  using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]));
grant insert (id, person_id, account_sealed, last_four, bank, during, source, method, case_id, recorded_at), update (during)
  on people.bank_account to app_resident;
