-- 值班、预案、演练. Who is on duty is said for a stretch of time; a stretch is never moved, it is cancelled and another takes its place.
create table safety.duty (
  id uuid primary key, area text collate "C" not null references areas.area, role text not null check (role in ('lead', 'duty')),
  name text not null check (char_length(name) between 1 and 40), contact text not null check (char_length(contact) between 1 and 40),
  starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at and ends_at <= starts_at + interval '8 days'),
  recorded_at timestamptz not null, recorded_by uuid not null references access.post,
  cancelled_at timestamptz, cancelled_by uuid references access.post check ((cancelled_by is null) = (cancelled_at is null)));
comment on table safety.duty is '值班表: who is on duty when, as leader or as officer; gaps and doubles are shown, not forbidden';
create index duty_of_area on safety.duty (area, starts_at) where cancelled_at is null;
alter table safety.duty enable row level security;
create policy in_her_area on safety.duty for select to app_staff using (
  (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  or starts_with((select nullif(current_setting('app.scope', true), '')), area));
create policy set_in_scope on safety.duty for insert to app_staff with check (
  recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy cancelled_in_scope on safety.duty for update to app_staff using (
  cancelled_at is null and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (cancelled_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, area, role, name, contact, starts_at, ends_at, recorded_at, recorded_by), update (cancelled_at, cancelled_by) on safety.duty to app_staff;

create table safety.plan (
  id uuid primary key, area text collate "C" not null references areas.area, kind text not null, title text not null check (char_length(title) between 1 and 100),
  version int not null check (version >= 1), body text not null check (char_length(body) between 1 and 20000), valid_from date not null,
  replaces uuid unique references safety.plan, recorded_at timestamptz not null, recorded_by uuid not null references access.post);
comment on table safety.plan is '预案: what is done when something happens, in versions; an earlier one stays to be read';
create index plans_of_area on safety.plan (area, recorded_at desc);
alter table safety.plan enable row level security;
create policy in_her_area on safety.plan for select to app_staff using (
  (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  or starts_with((select nullif(current_setting('app.scope', true), '')), area));
create policy written_in_scope on safety.plan for insert to app_staff with check (
  recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert on safety.plan to app_staff;

create table safety.drill (
  id uuid primary key, plan_id uuid not null references safety.plan, held_on date not null, took_part int not null check (took_part between 1 and 100000),
  findings text not null check (char_length(findings) between 1 and 2000),
  -- What has to be done about it, by when; and that it was.
  follow_up text check (char_length(follow_up) between 1 and 1000), follow_up_by date check ((follow_up_by is null) = (follow_up is null)),
  recorded_at timestamptz not null, recorded_by uuid not null references access.post,
  done_at timestamptz, done_by uuid references access.post, done_note text check (char_length(done_note) between 1 and 1000),
  constraint done_by_somebody check (num_nulls(done_at, done_by, done_note) in (0, 3) and (done_at is null or follow_up is not null)));
comment on table safety.drill is '演练: when a plan was tried out, what was found, what follows and whether it was done';
create index drills_of on safety.drill (plan_id, held_on desc);
alter table safety.drill enable row level security;
create policy plan_in_view on safety.drill for select to app_staff using (exists (select from safety.plan p where p.id = plan_id));
create policy held_in_scope on safety.drill for insert to app_staff with check (
  recorded_by = (select nullif(current_setting('app.post', true), ''))::uuid and exists (select from safety.plan p where p.id = plan_id
    and p.area >= (select nullif(current_setting('app.scope', true), '')) and p.area < (select nullif(current_setting('app.scope', true), '') || '~')));
create policy followed_up_in_scope on safety.drill for update to app_staff using (
  done_at is null and exists (select from safety.plan p where p.id = plan_id
    and p.area >= (select nullif(current_setting('app.scope', true), '')) and p.area < (select nullif(current_setting('app.scope', true), '') || '~')))
  with check (done_by = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, plan_id, held_on, took_part, findings, follow_up, follow_up_by, recorded_at, recorded_by), update (done_at, done_by, done_note) on safety.drill to app_staff;
