-- An adult of a household is asked for her word while the case runs, and not after it was withdrawn or decided. Definer: she
-- may not read the case that she is named in. It answers a member about herself alone.
create function cases.still_asks(the_member uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from cases.unit_member m join cases.case c on c.id = m.case_id
    where m.id = the_member and m.person_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])
      and c.status in ('received', 'correcting', 'accepted', 'paused')) $$;
revoke all on function cases.still_asks(uuid) from public;
grant execute on function cases.still_asks(uuid) to app_resident;

drop policy member_authorises on cases.unit_member;
create policy member_authorises on cases.unit_member for update to app_resident
  using (adult and authorised_at is null and person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
    and not exists (select from cases.case c where c.id = case_id) and cases.still_asks(id))
  with check (authorised_at is not null and authorised_how = 'account');
