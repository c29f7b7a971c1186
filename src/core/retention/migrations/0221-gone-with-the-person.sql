-- Registers and powers that came later go with the person, as kinds.ts says: they held her row, so that she could not be erased at all.
create or replace function retention.drop_persons(ids uuid[], blinds bytea[]) returns void language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  -- The daily run finds none of these; an older copy may still have them.
  perform retention.drop_drafts((select coalesce(array_agg(d.id), '{}') from cases.draft d where d.person_id = any(ids) and d.submitted_case_id is null));
  update cases.unit_member set person_id = null where person_id = any(ids);
  update documents.file set person_id = null where person_id = any(ids);
  delete from messages.dispatch where person_id = any(ids);
  delete from messages.message where person_id = any(ids);
  delete from access.person_account where person_id = any(ids);
  delete from people.hukou_spell where person_id = any(ids);
  delete from people.dwelling_occupancy where person_id = any(ids);
  delete from people.residence_spell where person_id = any(ids);
  delete from people.income_declaration where person_id = any(ids);
  delete from people.benefit_receipt where person_id = any(ids);
  delete from people.bank_account where person_id = any(ids);
  delete from people.disability_certificate where person_id = any(ids);
  delete from people.residence_permit where person_id = any(ids);
  delete from access.proxy where principal_id = any(ids) or proxy_id = any(ids);
  update retention.hold set person_id = null where person_id = any(ids);
  delete from people.person where id = any(ids);
  perform retention.forget(blinds);
end $$;
