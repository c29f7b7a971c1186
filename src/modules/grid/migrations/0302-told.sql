-- Everybody who reported something hears what comes of it.
create policy told_of_incident on messages.message for insert to app_staff, app_system with check (case_id is null and kind = 'incident_news'
  and exists (select from grid.report r where r.person_id = message.person_id));
grant insert (id, person_id, kind, params, made_at) on messages.message to app_system;
-- 处置单位: an office of a street that puts things right, beside committees and bureaus.
alter table access.organisation drop constraint organisation_kind_check;
alter table access.organisation add constraint organisation_kind_check check (kind in ('committee', 'street_office', 'bureau', 'ngo', 'unit'));
