-- Papers that did not print, for whoever keeps the machine: no number, no name, no case. She belongs to no office line, so that
-- row security shows her no case of which to count the papers.
create function documents.unprinted_in(the_areas text[]) returns table (id uuid, kind text, waiting_since timestamptz, attempts int, last_at timestamptz, next_at timestamptz, fault text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return query select d.id, d.kind, d.issued_at, f.attempts, f.last_at, f.next_at, f.reason
    from documents.print_failure f join documents.document d on d.id = f.document_id join cases.case c on c.id = d.case_id
    where not exists (select from documents.print p where p.document_id = d.id) and (access.in_reach(c.handling_area) or access.in_reach(c.origin_area))
      and exists (select from unnest(the_areas) own where starts_with(c.handling_area, own) or starts_with(c.origin_area, own))
    order by d.issued_at, d.id limit 500;
end $$;
-- The sweep takes it at its next turn. False for one that has printed, or is of elsewhere.
create function documents.print_again(the_document uuid, the_areas text[], at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  update documents.print_failure f set next_at = at from documents.document d join cases.case c on c.id = d.case_id
    where f.document_id = the_document and d.id = f.document_id and not exists (select from documents.print p where p.document_id = d.id)
      and (access.in_reach(c.handling_area) or access.in_reach(c.origin_area))
      and exists (select from unnest(the_areas) own where starts_with(c.handling_area, own) or starts_with(c.origin_area, own));
  return found;
end $$;
revoke all on function documents.unprinted_in(text[]), documents.print_again(uuid, text[], timestamptz) from public;
grant execute on function documents.unprinted_in(text[]), documents.print_again(uuid, text[], timestamptz) to app_staff;

-- Beside them on the same page: which packs there were, and who loaded them.
alter table matters.pack add column loaded_by text;
comment on column matters.pack.loaded_by is 'Account on the machine under which the pack was loaded last; empty for packs of before';
grant usage on schema matters to app_staff;
grant select (hash, code, loaded_at, loaded_by) on matters.pack to app_staff;
