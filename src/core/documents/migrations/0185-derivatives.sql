-- Pictures made from a photo that somebody gave: the copy that others look at, and a small one for lists. Each is a file of its own
-- in the store, under its own key, and is made anew when the recipe changes. Until now the shown copy was a row of documents.file.
create table documents.derivative (
  file_id uuid not null references documents.file on delete cascade, kind text not null check (kind in ('shown', 'preview')), recipe int not null,
  stored_name text not null unique, wrapped_key bytea not null, sha256 bytea not null, size bigint not null, width int, height int,
  made_at timestamptz not null, tried_at timestamptz, primary key (file_id, kind));
comment on table documents.derivative is 'A picture made from a file: shown (without metadata) or preview (for lists). recipe: by which version it was made';
comment on column documents.derivative.width is 'Pixels; null for recipe 0, which did not say';
comment on column documents.derivative.tried_at is 'When making it anew last failed';
create index derivative_by_recipe on documents.derivative (recipe, tried_at) where kind = 'shown';

insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, made_at)
  select distinct on (shown_of) shown_of, 'shown', 0, stored_name, wrapped_key, sha256, size, added_at from documents.file where shown_of is not null order by shown_of, added_at;
delete from documents.file where shown_of is not null;
drop policy file_printed on documents.file;
create policy file_printed on documents.file for insert to app_system with check (
  account_id is null and person_id is null and draft_id is null and exists (select from cases.case c where c.id = case_id));
alter table documents.file drop column shown_of;
comment on table documents.file is 'Bytes in the file store as they were given or printed, each under its own wrapped key';

-- Whoever sees a file sees what was made from it. It is made with the file by who gives it; anew by the sweep alone.
alter table documents.derivative enable row level security;
create policy file_in_view on documents.derivative for select to app_staff, app_resident, app_system using (exists (select from documents.file f where f.id = file_id));
create policy made_with_file on documents.derivative for insert to app_staff, app_resident with check (
  exists (select from documents.file f where f.id = file_id and f.account_id = (select nullif(current_setting('app.account', true), ''))));
create policy made_beside on documents.derivative for insert to app_system with check (exists (select from documents.file f where f.id = file_id and f.account_id is not null));
create policy made_anew on documents.derivative for update to app_system using (exists (select from documents.file f where f.id = file_id));
grant select, insert on documents.derivative to app_staff, app_resident, app_system;
grant update (recipe, stored_name, wrapped_key, sha256, size, width, height, made_at, tried_at) on documents.derivative to app_system;

create or replace function documents.named_nowhere(stored_names text[]) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select name from unnest(stored_names) name where not exists (select from documents.file f where f.stored_name = name)
    and not exists (select from documents.derivative d where d.stored_name = name) $$;
