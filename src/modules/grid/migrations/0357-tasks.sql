-- 入格事项: what departments ask of grid workers. Nothing that is not on the admission list comes in, which the pack holds.
create table grid.task (
  id uuid primary key, area text collate "C" not null references areas.area check (length(area) = 12), item_code text not null, pack_hash text not null references matters.pack (hash),
  line text not null, organisation_id uuid not null references access.organisation, what text not null check (char_length(what) between 1 and 1000), due_on date not null,
  status text not null check (status in ('pushed', 'given', 'done', 'closed', 'returned', 'withdrawn')), open boolean not null generated always as (status in ('pushed', 'given', 'done')) stored,
  worker_id uuid references access.post, pushed_at timestamptz not null, ended_at timestamptz, seq int not null,
  constraint done_by_somebody check (status not in ('given', 'done', 'closed') or worker_id is not null),
  constraint ended_when_it_is_over check ((status in ('closed', 'returned', 'withdrawn')) = (ended_at is not null)));
comment on table grid.task is '下派任务: one thing that a department asks of the grid workers of one community, and where it stands. Rebuilt from grid.task_timeline by a test';
comment on column grid.task.line is 'The office line that asks for it, under which its item is on the list';
create index task_worklist on grid.task (area, due_on, id) where open;
create index task_of_worker on grid.task (worker_id, due_on) where status = 'given';
create index task_by_time on grid.task (area, pushed_at desc, id);

create table grid.task_timeline (
  task_id uuid not null references grid.task, seq int not null, fact text not null, payload jsonb not null,
  actor_kind text not null, account_id text, post_id uuid, schedule text, recorded_at timestamptz not null, effective_at timestamptz not null, primary key (task_id, seq));
comment on table grid.task_timeline is 'What happened with a task, in order, append-only';

-- The grid line and the department's own line see it in their areas; whose turn it is, is the use case's check.
alter table grid.task enable row level security;
create policy task_in_view on grid.task for select to app_staff using (
  (select nullif(current_setting('app.domains', true), '')::text[])::text[] && array['grid', line]
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy task_moved_in_scope on grid.task for update to app_staff using (
  (select nullif(current_setting('app.domains', true), '')::text[])::text[] && array['grid', line]
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy task_pushed_in_scope on grid.task for insert to app_staff with check (
  status = 'pushed' and seq = 1 and worker_id is null
  and line = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select, insert (id, area, item_code, pack_hash, line, organisation_id, what, due_on, status, pushed_at, seq), update (status, worker_id, ended_at, seq) on grid.task to app_staff;

alter table grid.task_timeline enable row level security;
create policy task_facts_in_view on grid.task_timeline for select to app_staff using (exists (select from grid.task t where t.id = task_id));
create policy task_facts_of_ones_own_act on grid.task_timeline for insert to app_staff with check (actor_kind = 'staff' and post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and exists (select from grid.task t where t.id = task_id));
grant select, insert on grid.task_timeline to app_staff;

-- Definer, since no app role may see who works where: the grid line of an area sees its own grid workers, by roles that the pack names.
create function grid.workers(the_area text, the_roles text[], on_day date) returns table (post_id uuid, officer_name text, areas text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, o.name, p.areas from access.post p join access.officer o on o.id = p.officer_id
  where 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and the_area collate "C" >= (select nullif(current_setting('app.scope', true), '')) and the_area collate "C" < (select nullif(current_setting('app.scope', true), '') || '~')
    and p.role = any(the_roles) and 'grid' = any(p.domains) and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day) and p.ended_at is null and o.ended_at is null
    and exists (select from unnest(p.areas) as own where starts_with(the_area, own) or starts_with(own, the_area))
  order by o.name, p.id
$$;
comment on function grid.workers(text, text[], date) is 'Grid workers of an area within the scope, by name';
revoke all on function grid.workers(text, text[], date) from public;
grant execute on function grid.workers(text, text[], date) to app_staff;
