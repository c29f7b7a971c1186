-- A file is not deleted, it is marked: from then on nobody sees it, and after a time of grace the sweep destroys its key and then its bytes.
alter table documents.file add column removed_at timestamptz, add column removed_by text, add constraint marked_whole check ((removed_at is null) = (removed_by is null));
comment on column documents.file.removed_at is 'Hidden from everybody since then; key and bytes go after the time of grace';
comment on column documents.file.removed_by is 'What removed it: applicant, who took it back before sending';
create index file_removed on documents.file (removed_at) where removed_at is not null;
create table documents.erased (file_id uuid primary key, removed_at timestamptz not null, removed_by text not null, erased_at timestamptz not null);
comment on table documents.erased is 'Files whose key was destroyed: that there was one, since when it was hidden and by what. Append-only';

drop policy file_of_case_in_view on documents.file;
create policy file_of_case_in_view on documents.file for select to app_staff, app_system using (removed_at is null and case_id is not null and exists (select from cases.case c where c.id = case_id));
drop policy file_is_own on documents.file;
create policy file_is_own on documents.file for select to app_resident using (removed_at is null and (
  (case_id is null and account_id = (select nullif(current_setting('app.account', true), ''))) or (case_id is not null and exists (select from cases.case c where c.id = case_id))));
drop policy file_moves_with_draft on documents.file;
create policy file_moves_with_draft on documents.file for update to app_resident using (removed_at is null and account_id = (select nullif(current_setting('app.account', true), '')) and case_id is null)
  with check (account_id = (select nullif(current_setting('app.account', true), '')) and exists (select from cases.case c where c.id = case_id and c.status = 'received' and c.seq = 1));
drop policy file_removed_with_draft on documents.file;
revoke delete on documents.file from app_resident;
revoke insert on documents.file from app_staff, app_resident, app_system;
grant insert (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, account_id, person_id, draft_id, case_id, added_at) on documents.file to app_staff, app_resident, app_system;
-- Only what is marked, and only to end it.
create policy file_marked on documents.file for select to app_system using (removed_at is not null and (select nullif(current_setting('app.scope', true), '')) is not null);
create policy file_erased on documents.file for delete to app_system using (removed_at is not null and (select nullif(current_setting('app.scope', true), '')) is not null);
create policy erased_with_file on documents.derivative for delete to app_system using (exists (select from documents.file f where f.id = file_id and f.removed_at is not null));
grant delete on documents.file, documents.derivative to app_system;
alter table documents.erased enable row level security;
create policy erased on documents.erased for all to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select, insert on documents.erased to app_system;

-- The applicant takes back files of her own draft before it is sent: one, or with null all. Definer: a policy that hides what is
-- marked would refuse the marking. What a material still names stays.
create function documents.take_back(the_draft uuid, the_file uuid, at timestamptz) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (update documents.file f set removed_at = at, removed_by = 'applicant' where f.draft_id = the_draft and (the_file is null or f.id = the_file)
    and f.case_id is null and f.removed_at is null and f.account_id = nullif(current_setting('app.account', true), '')
    and not exists (select from documents.material m where m.file_id = f.id) returning 1)
  select count(*)::int from gone $$;
revoke all on function documents.take_back(uuid, uuid, timestamptz) from public;
grant execute on function documents.take_back(uuid, uuid, timestamptz) to app_resident;

-- Which marked files are to be erased: the one place that decides it. Whatever must hold a file back is one more condition here.
create function documents.erasable(marked_before timestamptz) returns setof uuid language sql stable as $$
  select f.id from documents.file f where f.removed_at < marked_before order by f.removed_at limit 1000 $$;
revoke all on function documents.erasable(timestamptz) from public;
grant execute on function documents.erasable(timestamptz) to app_system;
