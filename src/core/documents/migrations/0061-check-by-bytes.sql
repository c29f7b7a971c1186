-- Who holds the PDF can ask whether these are the bytes that were issued; who does not, cannot walk the hashes.
create function documents.document_of_bytes(the_hash bytea) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.id from documents.document d join documents.print p on p.document_id = d.id join documents.file f on f.id = p.file_id where f.sha256 = the_hash order by d.issued_at, d.id limit 1 $$;
revoke all on function documents.document_of_bytes(bytea) from public;
grant execute on function documents.document_of_bytes(bytea) to app_public, app_resident, app_staff;
create index file_by_hash on documents.file (sha256);

-- The detached signature of a document: it says nothing about anybody.
create function documents.signature_of(the_document uuid) returns table (number text, signature bytea, key_id text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.number, p.signature, p.key_id from documents.document d join documents.print p on p.document_id = d.id where d.id = the_document $$;
revoke all on function documents.signature_of(uuid) from public;
grant execute on function documents.signature_of(uuid) to app_public, app_resident, app_staff;
