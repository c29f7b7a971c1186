-- Where a camera stands, as delivered: a public thing, so that its own point is public. What was registered before has none.
alter table safety.camera add lon float8, add lat float8, add crs text check (crs in ('CGCS2000', 'WGS84', 'GCJ02')),
  add constraint whole_point check (num_nulls(lon, lat, crs) in (0, 3));
create index cameras_near on safety.camera using gist (point(lon, lat)) where status = 'current' and lon is not null;
grant insert (lon, lat, crs) on safety.camera to app_staff;

-- In place of a function: a map asks by box and page, and who may read it is anybody.
drop function safety.shown_cameras(text, uuid, int, int);
create view safety.public_camera as select c.id, c.area, c.place, c.purpose, c.keeper, c.contact, c.retention_days, c.sign, c.basis, c.recorded_at, c.lon, c.lat, c.crs
  from safety.camera c where c.status = 'current';
comment on view safety.public_camera is 'What everybody may read of the register of cameras. Who wrote an entry is not in it';
grant select on safety.public_camera to app_public, app_resident, app_staff;
