-- A border is drawn anew: the old row ends, and another takes its place under the same code.
alter table grid.grid drop constraint grid_code_key;
create unique index grid_of_code on grid.grid (code) where valid_to is null;
create index grid_once_of_code on grid.grid (area, code);
alter table grid.grid add column why text check (char_length(why) between 1 and 500), add column ended_by uuid references access.post, add column ended_why text check (char_length(ended_why) between 1 and 500);
comment on column grid.grid.why is 'Why it was drawn like this; null for what was delivered before that was asked';
drop policy grid_ended_in_scope on grid.grid;
create policy grid_ended_in_scope on grid.grid for update to app_staff using (valid_to is null and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (valid_to is not null and ended_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant insert (why), update (ended_by, ended_why) on grid.grid to app_staff;

create table grid.outline (
  id uuid primary key, area text collate "C" not null references areas.area, boundary jsonb not null, crs text not null check (crs in ('CGCS2000', 'WGS84', 'GCJ02')),
  valid_from date not null, valid_to date, source text not null check (char_length(source) between 1 and 200), demo boolean not null default false, why text check (char_length(why) between 1 and 500),
  recorded_at timestamptz not null, recorded_by uuid references access.post, ended_by uuid references access.post,
  constraint dates_in_order check (valid_to is null or valid_to >= valid_from), constraint of_a_community check (length(area) = 12));
comment on table grid.outline is '社区边界: how far a community reaches, against which its grids are held. A change ends a row and begins another';
create unique index outline_of_area on grid.outline (area) where valid_to is null;
create index outlines_of_area on grid.outline (area, valid_from);
alter table grid.outline enable row level security;
create policy outline_in_view on grid.outline for select to app_staff using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy outline_drawn_in_scope on grid.outline for insert to app_staff with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy outline_ended_in_scope on grid.outline for update to app_staff using (valid_to is null and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (valid_to is not null and ended_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, area, boundary, crs, valid_from, source, why, recorded_at, recorded_by), update (valid_to, ended_by) on grid.outline to app_staff;
