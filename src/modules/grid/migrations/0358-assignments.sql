-- 谁管哪个网格: which worker looks after which grid, since when. It goes by the code, so that a border drawn anew changes nobody's work.
create table grid.assignment (
  id uuid primary key, grid_code text not null, area text collate "C" not null references areas.area, post_id uuid not null references access.post,
  recorded_at timestamptz not null, recorded_by uuid not null references access.post, ended_at timestamptz, ended_by uuid references access.post,
  constraint ended_by_somebody check (num_nulls(ended_at, ended_by) in (0, 2)));
comment on table grid.assignment is 'Which grid worker looks after which grid. A change ends a row and begins another';
create unique index once_for_a_grid on grid.assignment (grid_code, post_id) where ended_at is null;
create index assignments_in_area on grid.assignment (area, grid_code) where ended_at is null;
alter table grid.assignment enable row level security;
create policy assignment_in_view on grid.assignment for select to app_staff using ('grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy assigned_in_scope on grid.assignment for insert to app_staff with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy assignment_ended_in_scope on grid.assignment for update to app_staff using (ended_at is null and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (ended_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, grid_code, area, post_id, recorded_at, recorded_by), update (ended_at, ended_by) on grid.assignment to app_staff;
