drop function cases.link_member(uuid, bytea);
-- Whose a stated ID number is, so that this adult is asked on her own account: as before, and by every hash that the number has
-- while the blind key changes. Definer: the applicant may not look others up. It works only while the caller's own case is being
-- written, only for number and name together, never for the applicant herself, and says nothing: the answer stays in a column
-- that no page shows.
create function cases.link_member(the_member uuid, the_blinds bytea[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update cases.unit_member m set person_id = p.id from people.person p, cases.case c
  where m.id = the_member and m.person_id is null and p.id_number_blind = any(the_blinds) and p.name = m.name and c.id = m.case_id and c.applicant_id <> p.id
    and ((c.status = 'received' and c.seq = 1) or c.status = 'correcting') and (
      c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])
      or (c.received_by = nullif(current_setting('app.post', true), '')::uuid and c.domain = any(nullif(current_setting('app.domains', true), '')::text[])
        and starts_with(c.origin_area, nullif(current_setting('app.scope', true), '')))) $$;
revoke all on function cases.link_member(uuid, bytea[]) from public;
grant execute on function cases.link_member(uuid, bytea[]) to app_staff, app_resident;
