create schema documents;
grant usage on schema documents to app_staff, app_resident, app_public, app_system;

create table documents.file (
  id uuid primary key, stored_name text not null unique, wrapped_key bytea not null, sha256 bytea not null, size bigint not null, media_type text not null,
  name_sealed bytea not null, shown_of uuid references documents.file, account_id text, person_id uuid references people.person, draft_id uuid, case_id uuid references cases.case,
  added_at timestamptz not null);
comment on table documents.file is 'Bytes in the file store, each under its own wrapped key. shown_of: the copy without metadata of a photo';
create index file_of_case on documents.file (case_id);
create index file_of_draft on documents.file (draft_id);
create table documents.material (
  id uuid primary key, draft_id uuid, case_id uuid references cases.case, material text not null, file_id uuid not null references documents.file,
  added_at timestamptz not null, withdrawn_at timestamptz, withdrawn_why text);
comment on table documents.material is 'A file given for a material. Before submission it can be removed; afterwards only withdrawn, with a mark';
create index material_of_case on documents.material (case_id);
create index material_of_draft on documents.material (draft_id);

create table documents.document (
  id uuid primary key, kind text not null, number text not null, case_id uuid not null references cases.case, street text collate "C" not null, matter_code text not null,
  model_sealed bytea not null, seq int not null, issuer text not null,
  issued_by uuid references access.post, issued_at timestamptz not null, void_at timestamptz, void_why text,
  constraint a_number_once unique (number));
comment on table documents.document is 'A numbered document that the law asks for: everything that is on the paper, sealed, under the public id of its QR code. Append-only';
create index document_of_case on documents.document (case_id, issued_at);
create table documents.print (
  document_id uuid primary key references documents.document, file_id uuid not null references documents.file, signature bytea not null, key_id text not null, printed_at timestamptz not null);
comment on table documents.print is 'The PDF of a document and its detached signature. Made once, by whoever reads it first or by a sweep; the same model gives the same bytes';
-- A number is of the organ that issues: a district's bureau counts its own, not those of the street whose case it decides.
create table documents.counter (organ text collate "C" not null, kind text not null, year int not null, n int not null, primary key (organ, kind, year));
comment on table documents.counter is 'Last number of an organ, kind and year; touched only by documents.next_number';

-- Papers that did not print: each waits longer than the time before, and stops no other.
create table documents.print_failure (
  document_id uuid primary key references documents.document, attempts int not null, last_at timestamptz not null, next_at timestamptz not null, reason text not null);
comment on table documents.print_failure is 'A paper that did not print: how often, and when it is tried again. The row stays when it prints at last';
create table documents.unreferenced (stored_name text primary key, found_at timestamptz not null);
comment on table documents.unreferenced is 'Ciphertext in the file store that no row names, and since when that is known. Swept after a time of grace';

-- Files. A resident gives files to her own draft and to her own case while it may still be completed; an officer who has the
-- paper before her, likewise. What is printed is printed by the sweep's role alone: nobody else says which bytes were issued.
alter table documents.file enable row level security;
create policy file_of_case_in_view on documents.file for select to app_staff, app_system using (case_id is not null and exists (select from cases.case c where c.id = case_id));
create policy file_is_own on documents.file for select to app_resident using (
  (case_id is null and account_id = (select nullif(current_setting('app.account', true), ''))) or (case_id is not null and exists (select from cases.case c where c.id = case_id)));
create policy file_taken_at_window on documents.file for insert to app_staff with check (
  account_id = (select nullif(current_setting('app.account', true), '')) and person_id is null and draft_id is null and exists (select from cases.case c where c.id = case_id and c.status in ('received', 'correcting')));
create policy file_added_by_self on documents.file for insert to app_resident with check (
  account_id = (select nullif(current_setting('app.account', true), '')) and (person_id is null or person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])) and (
    (case_id is null and exists (select from cases.draft d where d.id = draft_id and d.submitted_case_id is null))
    or (draft_id is null and exists (select from cases.case c where c.id = case_id and c.status in ('received', 'correcting')))));
create policy file_printed on documents.file for insert to app_system with check (
  account_id is null and person_id is null and draft_id is null and shown_of is null and exists (select from cases.case c where c.id = case_id));
create policy file_moves_with_draft on documents.file for update to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')) and case_id is null)
  with check (account_id = (select nullif(current_setting('app.account', true), '')) and exists (select from cases.case c where c.id = case_id and c.status = 'received' and c.seq = 1));
create policy file_removed_with_draft on documents.file for delete to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')) and case_id is null);
grant select, insert on documents.file to app_staff, app_resident, app_system;
grant update (case_id), delete on documents.file to app_resident;

-- A material names a file that was given for the same draft or case; once sent, it is only withdrawn, once.
alter table documents.material enable row level security;
create policy material_of_case_in_view on documents.material for select to app_staff using (case_id is not null and exists (select from cases.case c where c.id = case_id));
create policy material_added on documents.material for insert to app_staff with check (draft_id is null and withdrawn_at is null
  and exists (select from cases.case c where c.id = case_id and c.status in ('received', 'correcting')) and exists (select from documents.file f where f.id = file_id and f.case_id = material.case_id));
create policy material_is_own on documents.material for select to app_resident using (
  (case_id is not null and exists (select from cases.case c where c.id = case_id)) or (case_id is null and exists (select from cases.draft d where d.id = draft_id)));
create policy material_added_by_self on documents.material for insert to app_resident with check (withdrawn_at is null and (
  (case_id is null and exists (select from cases.draft d where d.id = draft_id and d.submitted_case_id is null)
    and exists (select from documents.file f where f.id = file_id and f.draft_id = material.draft_id and f.case_id is null))
  or (draft_id is null and exists (select from cases.case c where c.id = case_id and c.status in ('received', 'correcting'))
    and exists (select from documents.file f where f.id = file_id and f.case_id = material.case_id))));
create policy material_moves_or_is_withdrawn on documents.material for update to app_resident using (withdrawn_at is null and (
    (case_id is not null and exists (select from cases.case c where c.id = case_id)) or (case_id is null and exists (select from cases.draft d where d.id = draft_id))))
  with check (exists (select from cases.case c where c.id = case_id and ((c.status = 'received' and c.seq = 1)
    or (withdrawn_at is not null and c.status in ('received', 'correcting', 'accepted', 'paused')))));
create policy material_removed_with_draft on documents.material for delete to app_resident using (case_id is null and exists (select from cases.draft d where d.id = draft_id));
grant select, insert (id, draft_id, case_id, material, file_id, added_at) on documents.material to app_staff, app_resident;
grant update (case_id, withdrawn_at, withdrawn_why), delete on documents.material to app_resident;

-- Papers. An officer issues in her own post what belongs to the case that she has in hand; an applicant leaves the two papers
-- of her own acts.
alter table documents.document enable row level security;
create policy case_in_view on documents.document for select to app_staff, app_system using (exists (select from cases.case c where c.id = case_id));
create policy case_is_own on documents.document for select to app_resident using (exists (select from cases.case c where c.id = case_id));
create policy issued_in_hand on documents.document for insert to app_staff with check (issued_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and exists (select from cases.case c where c.id = case_id and c.street = document.street and c.matter_code = document.matter_code and ((c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~')) or (c.seq = 1 and c.received_by = (select nullif(current_setting('app.post', true), ''))::uuid))));
create policy left_by_applicant on documents.document for insert to app_resident with check (issued_by is null
  and exists (select from cases.case c where c.id = case_id and c.street = document.street and c.matter_code = document.matter_code and case kind
    when 'receipt' then c.status = 'received' and c.seq = 1
    when 'withdrawal' then c.status in ('received', 'correcting', 'accepted', 'paused')
    else false end));
grant select, insert (id, kind, number, case_id, street, issuer, matter_code, model_sealed, seq, issued_by, issued_at) on documents.document to app_staff, app_resident;
grant select on documents.document to app_system;
alter table documents.print enable row level security;
create policy document_in_view on documents.print for select to app_staff, app_resident, app_system using (exists (select from documents.document d where d.id = document_id));
create policy printed on documents.print for insert to app_system with check (exists (
  select from documents.document d join documents.file f on f.case_id = d.case_id where d.id = document_id and f.id = file_id and f.account_id is null));
grant select on documents.print to app_staff, app_resident;
grant select, insert on documents.print to app_system;
alter table documents.print_failure enable row level security;
create policy document_in_view on documents.print_failure for select to app_staff using (exists (select from documents.document d where d.id = document_id));
create policy noted on documents.print_failure for all to app_system using (exists (select from documents.document d where d.id = document_id));
grant select on documents.print_failure to app_staff;
grant select, insert, update on documents.print_failure to app_system;

-- The next number of an organ, kind and year, for a paper of a case that the caller may leave one in; the organ's code begins
-- with its area, which holds the case's street. Definer: nobody may read or set the counter itself.
create function documents.next_number(the_case uuid, for_organ text, for_kind text, for_year int) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into documents.counter as n (organ, kind, year, n) select for_organ, for_kind, for_year, 1 from cases.case c
  where c.id = the_case and starts_with(c.street, split_part(for_organ, ' ', 1)) and (
    (c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[]) and (
      (for_kind = 'receipt' and c.status = 'received' and c.seq = 1) or (for_kind = 'withdrawal' and c.status in ('received', 'correcting', 'accepted', 'paused'))))
    or (c.domain = any(nullif(current_setting('app.domains', true), '')::text[]) and (
      starts_with(c.handling_area, nullif(current_setting('app.scope', true), ''))
      or (c.seq = 1 and c.received_by = nullif(current_setting('app.post', true), '')::uuid))))
  on conflict (organ, kind, year) do update set n = n.n + 1 returning n.n $$;
revoke all on function documents.next_number(uuid, text, text, int) from public;
grant execute on function documents.next_number(uuid, text, text, int) to app_staff, app_resident;

-- Which of these names in the file store no row has. Definer: a sweep that saw only part of the rows would remove the rest.
create function documents.named_nowhere(stored_names text[]) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select name from unnest(stored_names) name where not exists (select from documents.file f where f.stored_name = name) $$;
revoke all on function documents.named_nowhere(text[]) from public;
grant execute on function documents.named_nowhere(text[]) to app_system;
grant select, insert, update (found_at), delete on documents.unreferenced to app_system;

-- What a QR code shows to anyone: the organ that stands on the paper, no name, no person.
create function documents.check_document(the_document uuid)
returns table (id uuid, kind text, number text, matter_code text, issued_at timestamptz, void_at timestamptz, sha256 bytea, signature bytea, issuer text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.id, d.kind, d.number, d.matter_code, d.issued_at, d.void_at, f.sha256, p.signature, d.issuer
  from documents.document d left join documents.print p on p.document_id = d.id left join documents.file f on f.id = p.file_id where d.id = the_document $$;
revoke all on function documents.check_document(uuid) from public;
grant execute on function documents.check_document(uuid) to app_public, app_resident, app_staff;
