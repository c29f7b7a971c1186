-- A number is of the organ that issues: a district's bureau counts its own, not those of the street whose case it decides.
alter table documents.counter rename column street to organ;
comment on table documents.counter is 'Last number of an organ, kind and year; touched only by documents.next_number';
drop function documents.next_number(text, text, int);
create function documents.next_number(for_organ text, for_kind text, for_year int) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into documents.counter as c (organ, kind, year, n) values (for_organ, for_kind, for_year, 1)
  on conflict (organ, kind, year) do update set n = c.n + 1 returning n $$;
revoke all on function documents.next_number(text, text, int) from public;
grant execute on function documents.next_number(text, text, int) to app_staff, app_resident;

-- Whoever scans the code is told the same organ as stands on the paper. Null on papers from before this step.
alter table documents.document add column issuer text;
drop function documents.check_document(uuid);
create function documents.check_document(the_document uuid)
returns table (id uuid, kind text, number text, matter_code text, issued_at timestamptz, void_at timestamptz, sha256 bytea, signature bytea, street text, issuer text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.id, d.kind, d.number, d.matter_code, d.issued_at, d.void_at, f.sha256, p.signature, d.street, d.issuer
  from documents.document d left join documents.print p on p.document_id = d.id left join documents.file f on f.id = p.file_id where d.id = the_document $$;
revoke all on function documents.check_document(uuid) from public;
grant execute on function documents.check_document(uuid) to app_public, app_resident, app_staff;
