create schema documents;
grant usage on schema documents to kaifong_app, app_staff, app_resident, app_public;

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
  model_sealed bytea not null, seq int not null,
  issued_by uuid references access.post, issued_at timestamptz not null, void_at timestamptz, void_why text,
  constraint a_number_once unique (number));
comment on table documents.document is 'A numbered document that the law asks for: everything that is on the paper, sealed, under the public id of its QR code. Append-only';
create index document_of_case on documents.document (case_id, issued_at);
create table documents.print (
  document_id uuid primary key references documents.document, file_id uuid not null references documents.file, signature bytea not null, key_id text not null, printed_at timestamptz not null);
comment on table documents.print is 'The PDF of a document and its detached signature. Made once, by whoever reads it first or by a sweep; the same model gives the same bytes';
create table documents.counter (street text collate "C" not null, kind text not null, year int not null, n int not null, primary key (street, kind, year));
comment on table documents.counter is 'Last number of a street, kind and year; touched only by documents.next_number';

alter table documents.file enable row level security;
create policy file_of_case_in_view on documents.file for select to app_staff using (case_id is not null and exists (select from cases.case c where c.id = case_id));
create policy file_added_to_case on documents.file for insert to app_staff with check (case_id is not null and exists (select from cases.case c where c.id = case_id));
create policy file_is_own on documents.file for select to app_resident using (
  (case_id is null and account_id = (select nullif(current_setting('app.account', true), ''))) or (case_id is not null and exists (select from cases.case c where c.id = case_id)));
create policy file_added_by_self on documents.file for insert to app_resident with check (
  account_id = (select nullif(current_setting('app.account', true), '')) and (case_id is null or exists (select from cases.case c where c.id = case_id)));
create policy file_moves_with_draft on documents.file for update to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')) and case_id is null)
  with check (account_id = (select nullif(current_setting('app.account', true), '')));
create policy file_removed_with_draft on documents.file for delete to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')) and case_id is null);
grant select, insert on documents.file to app_staff, app_resident;
grant update (case_id) on documents.file to app_resident;
grant delete on documents.file to app_resident;

alter table documents.material enable row level security;
create policy material_of_case_in_view on documents.material for select to app_staff using (case_id is not null and exists (select from cases.case c where c.id = case_id));
create policy material_added on documents.material for insert to app_staff with check (case_id is not null and exists (select from cases.case c where c.id = case_id));
create policy material_is_own on documents.material for all to app_resident using (
  (case_id is not null and exists (select from cases.case c where c.id = case_id)) or (case_id is null and exists (select from cases.draft d where d.id = draft_id)));
grant select, insert on documents.material to app_staff, app_resident;
grant update (case_id, withdrawn_at, withdrawn_why), delete on documents.material to app_resident;

alter table documents.document enable row level security;
create policy case_in_view on documents.document for select to app_staff, app_resident using (exists (select from cases.case c where c.id = case_id));
create policy case_in_view_insert on documents.document for insert to app_staff, app_resident with check (exists (select from cases.case c where c.id = case_id));
grant select, insert on documents.document to app_staff, app_resident;
alter table documents.print enable row level security;
create policy document_in_view on documents.print for select to app_staff, app_resident using (exists (select from documents.document d where d.id = document_id));
create policy document_in_view_insert on documents.print for insert to app_staff, app_resident with check (exists (select from documents.document d where d.id = document_id));
grant select, insert on documents.print to app_staff, app_resident;

create function documents.next_number(for_street text, for_kind text, for_year int) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into documents.counter as c (street, kind, year, n) values (for_street, for_kind, for_year, 1)
  on conflict (street, kind, year) do update set n = c.n + 1 returning n $$;
revoke all on function documents.next_number(text, text, int) from public;
grant execute on function documents.next_number(text, text, int) to app_staff, app_resident;

-- What a QR code shows to anyone: no name, no person.
create function documents.check_document(the_document uuid)
returns table (id uuid, kind text, number text, matter_code text, issued_at timestamptz, void_at timestamptz, sha256 bytea, signature bytea, street text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.id, d.kind, d.number, d.matter_code, d.issued_at, d.void_at, f.sha256, p.signature, d.street
  from documents.document d left join documents.print p on p.document_id = d.id left join documents.file f on f.id = p.file_id where d.id = the_document $$;
revoke all on function documents.check_document(uuid) from public;
grant execute on function documents.check_document(uuid) to app_public, app_resident, app_staff;
