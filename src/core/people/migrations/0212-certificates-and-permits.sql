-- Registers that rules of relief, disability and residence read. Shaped as those of 0030.
create table people.disability_certificate (
  id uuid primary key, person_id uuid not null references people.person,
  -- Null where the kind is a sealed category: then the grade alone is on record here.
  kind text check (kind in ('sight', 'hearing', 'speech', 'physical', 'intellectual', 'multiple')),
  grade int not null check (grade between 1 and 4), during daterange not null,
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint one_certificate_at_a_time exclude using gist (person_id with =, during with &&));
comment on table people.disability_certificate is '残疾人证: grade, and kind where that is no sealed category';
create table people.residence_permit (
  id uuid primary key, person_id uuid not null references people.person, area text collate "C" not null,
  -- From the day on which its years count to the last day that it is endorsed for.
  during daterange not null check (isempty(during) or (lower(during) is not null and upper(during) is not null)),
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint one_permit_at_a_time exclude using gist (person_id with =, during with &&));
comment on table people.residence_permit is '居住证: since when its years count and until when it is endorsed';
do $$
declare t text;
begin
  foreach t in array array['disability_certificate', 'residence_permit'] loop
    execute format('alter table people.%I enable row level security', t);
    execute format('create policy person_in_scope on people.%I for all to app_staff using (person_id in (select p.id from people.person p where p.id = person_id))', t);
    execute format($p$create policy person_is_self on people.%I for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]))$p$, t);
    execute format('create index on people.%I (person_id)', t);
    execute format('grant select, insert, update (during) on people.%I to app_staff', t);
    execute format('grant select on people.%I to app_resident', t);
  end loop;
end $$;

-- How many live at her address and stand in her hukou book: a count and nobody's name. Row security shows a resident herself alone, and a rule may use
-- what it may not show. Whoever has a safety flag is counted for nobody but herself. Null where she is not in reach, or has no such place on record.
create function people.shares(the_person uuid, the_day date, out dwelling_persons int, out household_persons int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select
    (select count(*)::int from people.dwelling_occupancy o join people.dwelling_occupancy other on other.dwelling_id = o.dwelling_id and other.during @> the_day
      join people.person q on q.id = other.person_id and (q.id = p.id or not q.safety_flag)
      where o.person_id = p.id and o.during @> the_day having count(*) > 0),
    (select count(*)::int from people.hukou_spell h join people.hukou_spell other on other.household_id = h.household_id and other.during @> the_day
      join people.person q on q.id = other.person_id and (q.id = p.id or not q.safety_flag)
      where h.person_id = p.id and h.during @> the_day having count(*) > 0)
  from people.person p where p.id = the_person
    and case when (select nullif(current_setting('app.subjects', true), '')) is not null
      then p.id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
      else (p.living_area >= (select nullif(current_setting('app.scope', true), '')) and p.living_area < (select nullif(current_setting('app.scope', true), '') || '~'))
        or (p.hukou_area >= (select nullif(current_setting('app.scope', true), '')) and p.hukou_area < (select nullif(current_setting('app.scope', true), '') || '~')) end $$;
revoke all on function people.shares(uuid, date) from public;
grant execute on function people.shares(uuid, date) to app_staff, app_resident;
create index hukou_spell_household on people.hukou_spell (household_id) where household_id is not null;
