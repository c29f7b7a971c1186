-- 外勤: what grid workers recorded without network, and the phones that they did it on.
create table grid.field_device (
  id uuid not null, post_id uuid not null references access.post, area text collate "C" not null, lock_sealed bytea not null,
  registered_at timestamptz not null, last_contact_at timestamptz not null, clock_off_s int not null default 0, recovered_at timestamptz, recovered_by uuid references access.post,
  primary key (id, post_id));
comment on table grid.field_device is 'One phone of one post: the key that locks what waits on it. The node keeps it sealed, so that supervision can open what the phone holds';
comment on column grid.field_device.clock_off_s is 'Seconds that its clock was behind ours at the last contact';

create table grid.field_record (
  id uuid primary key, post_id uuid not null references access.post, device_id uuid not null, of_post uuid references access.post, kind text not null check (kind in ('report', 'check', 'visit')),
  area text collate "C" not null references areas.area, incident_id uuid references grid.incident, body_hash bytea not null, sealed bytea, answer jsonb,
  seen_at timestamptz not null, sent_at timestamptz not null, received_at timestamptz not null, stripped_at timestamptz);
comment on table grid.field_record is '外勤记录: each record of a phone once, under the id that the phone gave it, with the phone''s clock beside ours';
comment on column grid.field_record.of_post is 'Whose it was, where supervision recovered it from a phone';
comment on column grid.field_record.seen_at is 'By the clock of the phone when it was written; sent_at by the same clock when it left; received_at is ours';
comment on column grid.field_record.sealed is 'The words of a visit, and of what was recovered';
create index field_records_in_area on grid.field_record (area, received_at desc, id);
create index field_records_of_incident on grid.field_record (incident_id, received_at) where incident_id is not null;
create index field_records_with_words on grid.field_record (received_at, id) where sealed is not null;

alter table grid.field_device enable row level security;
create policy device_of_own_post on grid.field_device for select to app_staff using (post_id = (select nullif(current_setting('app.post', true), ''))::uuid);
create policy device_in_supervision on grid.field_device for select to app_staff using (
  'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy device_registered_by_own_post on grid.field_device for insert to app_staff with check (post_id = (select nullif(current_setting('app.post', true), ''))::uuid and recovered_at is null);
create policy device_heard_of on grid.field_device for update to app_staff using (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  or ('grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')));
grant select, insert (id, post_id, area, lock_sealed, registered_at, last_contact_at, clock_off_s), update (last_contact_at, clock_off_s, recovered_at, recovered_by) on grid.field_device to app_staff;

alter table grid.field_record enable row level security;
create policy record_in_view on grid.field_record for select to app_staff using (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  or ('grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')));
create policy record_seen_by_sweep on grid.field_record for select to app_system using (
  'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy record_by_own_post on grid.field_record for insert to app_staff with check (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid and stripped_at is null
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy record_answered on grid.field_record for update to app_staff using (post_id = (select nullif(current_setting('app.post', true), ''))::uuid);
create policy record_let_go on grid.field_record for update to app_system using (
  'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select on grid.field_record to app_staff, app_system;
grant insert (id, post_id, device_id, of_post, kind, area, incident_id, body_hash, sealed, seen_at, sent_at, received_at) on grid.field_record to app_staff;
grant update (answer, incident_id, area) on grid.field_record to app_staff;
grant update (sealed, stripped_at) on grid.field_record to app_system;
