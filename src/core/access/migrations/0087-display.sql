create table access.display (
  account_id text primary key, mode text check (mode in ('standard', 'elder')), theme text check (theme in ('light', 'contrast')), chosen_at timestamptz not null);
comment on table access.display is 'How somebody who signed in wants pages to look: a new phone begins with it';
alter table access.display enable row level security;
create policy display_is_own on access.display for all to app_resident using (account_id = (select nullif(current_setting('app.account', true), '')));
grant select, insert, update (mode, theme, chosen_at) on access.display to app_resident;
