create policy message_about_account on messages.message for insert to app_staff
  with check (case_id is null and kind in ('account_bound', 'account_unbound') and exists (select from people.person p where p.id = person_id));
