-- Ability assessments of elderly applicants. What an assessor saw is sealed as a whole: it holds an illness of the mind.
create schema care;
grant usage on schema care to app_staff;
create table care.view (
  id uuid primary key, case_id uuid not null references cases.case, round int not null check (round >= 1),
  part text not null check (part in ('first', 'second', 'third')),
  -- Her own view, the same as the first, or whose of two that differ she found as well.
  says text not null check (says in ('own', 'same', 'first', 'second')),
  sealed bytea, officer_id uuid not null, post_id uuid not null, document_id uuid, recorded_at timestamptz not null,
  constraint each_part_once unique (case_id, round, part),
  -- Two people sign, never one of them twice.
  constraint each_person_once unique (case_id, round, officer_id),
  constraint own_view_is_written check ((says = 'own') = (sealed is not null)),
  constraint parts_say_what_they_can check (case part when 'first' then says = 'own' when 'second' then says in ('own', 'same') else says in ('first', 'second') end));
comment on table care.view is '能力评估: what each assessor of a case saw, sealed; nothing in it is changed, and two of them must agree';
alter table care.view enable row level security;
create policy case_in_view on care.view for select to app_staff using (exists (select from cases.case c where c.id = case_id));
create policy written_in_hand on care.view for insert to app_staff with check (post_id = (select nullif(current_setting('app.post', true), ''))::uuid
  and exists (select from cases.case c where c.id = case_id and c.open
    and c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~')));
grant select, insert on care.view to app_staff;

-- Whatever strips a case of what is personal takes this with it.
create function care.forget_stripped() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from care.view where case_id = new.id;
  return null;
end $$;
revoke all on function care.forget_stripped() from public;
create trigger assessments_go_with_it after update of stripped_at on cases.case for each row
  when (old.stripped_at is null and new.stripped_at is not null) execute function care.forget_stripped();
