-- Who has no phone answers a correction at the window: the officer who has the case in hand writes the fact, once the row of the
-- case says that the answer is in.
drop policy officers_facts on cases.timeline;
create policy officers_facts on cases.timeline for insert to app_staff with check (
  actor_kind = 'staff' and account_id = (select nullif(current_setting('app.account', true), '')) and post_id = (select nullif(current_setting('app.post', true), ''))::uuid and schedule is null
  and (fact = 'received') = (seq = 1)
  and fact not in ('objected', 'withdrawn', 'material_withdrawn', 'rated', 'due_recomputed')
  and exists (select from cases.case c where c.id = case_id and timeline.seq <= c.seq + 1 and (fact <> 'correction_answered' or (c.status = 'received' and c.correction->>'answeredOn' is not null)) and (
    (c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (c.seq = 1 and c.received_by = (select nullif(current_setting('app.post', true), ''))::uuid))));

-- Whose a stated ID number is, as before (0203), and now also for the officer who has the case in hand while it is corrected.
create or replace function cases.link_member(the_member uuid, the_blinds bytea[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update cases.unit_member m set person_id = p.id from people.person p, cases.case c
  where m.id = the_member and m.person_id is null and p.id_number_blind = any(the_blinds) and p.name = m.name and c.id = m.case_id and c.applicant_id <> p.id
    and ((c.status = 'received' and c.seq = 1) or c.status = 'correcting') and (
      c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])
      or (c.domain = any(nullif(current_setting('app.domains', true), '')::text[]) and (
        (c.received_by = nullif(current_setting('app.post', true), '')::uuid and starts_with(c.origin_area, nullif(current_setting('app.scope', true), '')))
        or (c.status = 'correcting' and nullif(current_setting('app.post', true), '') is not null
          and starts_with(c.handling_area, nullif(current_setting('app.scope', true), '')))))) $$;
