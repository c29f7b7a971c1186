-- 每户只在一个网格: which grid a home should lie in follows from where it stands; a person confirms it.
create table grid.dwelling_point (
  dwelling_id uuid primary key references people.dwelling, area text collate "C" not null references areas.area, lon float8 not null, lat float8 not null, crs text not null check (crs in ('CGCS2000', 'WGS84', 'GCJ02')),
  source text not null check (char_length(source) between 1 and 200), demo boolean not null default false, recorded_at timestamptz not null, recorded_by uuid references access.post);
comment on table grid.dwelling_point is 'Where a home stands, as it was delivered. Without a row nobody knows, and no grid is proposed';
create index points_in_area on grid.dwelling_point (area, dwelling_id);
alter table grid.dwelling_point enable row level security;
create policy point_in_view on grid.dwelling_point for select to app_staff using ('grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy point_set_in_scope on grid.dwelling_point for insert to app_staff with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  and exists (select from people.dwelling d where d.id = dwelling_id and d.area = dwelling_point.area));
create policy point_moved_in_scope on grid.dwelling_point for update to app_staff using ('grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (dwelling_id, area, lon, lat, crs, source, recorded_at, recorded_by), update (lon, lat, crs, source, recorded_at, recorded_by) on grid.dwelling_point to app_staff;

-- Only the grid line puts homes into grids, each into a running one of its own community.
drop policy home_put_in_scope on grid.dwelling_grid;
drop policy home_moved_in_scope on grid.dwelling_grid;
create policy home_put_in_scope on grid.dwelling_grid for insert to app_staff with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  and exists (select from people.dwelling d where d.id = dwelling_id and d.area = dwelling_grid.area)
  and exists (select from grid.grid g where g.id = grid_id and g.area = dwelling_grid.area and g.valid_to is null));
create policy home_moved_in_scope on grid.dwelling_grid for update to app_staff using ('grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and exists (select from grid.grid g where g.id = grid_id and g.area = dwelling_grid.area and g.valid_to is null));
create index homes_in_area on grid.dwelling_grid (area, grid_id);
