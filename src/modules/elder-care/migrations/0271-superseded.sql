-- A later report of the same case takes the place of an earlier one, which stays as it was issued and is marked. A trigger with the
-- owner's rights: no role of a request may void a paper, and whoever signs a later view voids no other paper with it.
create function care.supersede_reports() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update documents.document d set void_at = new.recorded_at, void_why = 'superseded' from care.view v
  where v.case_id = new.case_id and v.round < new.round and d.id = v.document_id and d.case_id = new.case_id and d.kind = 'ability_assessment'
    and d.void_at is null;
  return null;
end $$;
revoke all on function care.supersede_reports() from public;
create trigger earlier_reports_are_superseded after insert on care.view for each row
  when (new.document_id is not null) execute function care.supersede_reports();
