create schema areas;
grant usage on schema areas to kaifong_app, app_staff, app_resident;
create table areas.area (
  code text collate "C" primary key,
  name text not null,
  level text not null check (level in ('city', 'district', 'street', 'community')),
  parent_code text collate "C" references areas.area,
  valid_from date not null, valid_to date, successor_code text collate "C", source text not null,
  constraint code_has_the_length_of_its_level check (length(code) = case level when 'city' then 4 when 'district' then 6 when 'street' then 9 else 12 end),
  constraint parent_is_a_prefix check (parent_code is null or starts_with(code, parent_code)));
comment on table areas.area is 'The tree from city to community, loaded from the pack. Public knowledge: no row security';
create index area_children on areas.area (parent_code);
grant select on areas.area to kaifong_app, app_staff, app_resident;
