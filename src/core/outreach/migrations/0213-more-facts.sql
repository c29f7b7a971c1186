-- Facts of the registers of 0212, of who shares a home or a hukou book, and what is presumed of the family that lives together (PRESUMED in columns.ts).
alter table outreach.person
  add column disability_kind text,
  add column disability_grade int check (disability_grade between 1 and 4),
  add column permit_since date check (permit_since between '1600-01-01' and '2400-12-31'),
  add column permit_until date check (permit_until between '1600-01-01' and '2400-12-31'),
  add column dwelling_persons int check (dwelling_persons between 1 and 1000000),
  add column household_persons int check (household_persons between 1 and 1000000),
  add column unit_size int check (unit_size between 1 and 1000000),
  add column unit_income_fen bigint check (unit_income_fen between 0 and 1000000000000000);

create or replace function outreach.facts_on(the_day date, the_people uuid[]) returns setof outreach.person language sql stable set search_path = pg_catalog, pg_temp as $$
  with home as (
    select o.person_id, o.area, count(*) filter (where not q.safety_flag) over at_home + q.safety_flag::int as persons,
      -- One unknown income leaves the family's unknown. A hidden person is in nobody else's.
      case when count(*) filter (where i.monthly_fen is null and not q.safety_flag) over at_home = 0 and not (q.safety_flag and i.monthly_fen is null)
        then coalesce(sum(i.monthly_fen) filter (where not q.safety_flag) over at_home, 0) + case when q.safety_flag then i.monthly_fen else 0 end end as income
    from people.dwelling_occupancy o
    join people.person q on q.id = o.person_id
    left join people.income_declaration i on i.person_id = o.person_id and i.during @> the_day
    where o.during @> the_day and (the_people is null or o.dwelling_id in (
      select mine.dwelling_id from people.dwelling_occupancy mine where mine.person_id = any(the_people) and mine.during @> the_day))
    window at_home as (partition by o.dwelling_id)),
  hukou as (
    select h.person_id, h.area, case when h.household_id is not null then count(*) filter (where not q.safety_flag) over in_book + q.safety_flag::int end as persons
    from people.hukou_spell h
    join people.person q on q.id = h.person_id
    where h.during @> the_day and (the_people is null or h.person_id = any(the_people) or h.household_id in (
      select mine.household_id from people.hukou_spell mine where mine.person_id = any(the_people) and mine.during @> the_day))
    window in_book as (partition by h.household_id)),
  permit as (
    select distinct on (s.person_id) s.person_id, lower(s.during) as since, upper(s.during) - 1 as until from people.residence_permit s
    where lower(s.during) <= the_day and (the_people is null or s.person_id = any(the_people)) order by s.person_id, lower(s.during) desc),
  running as (
    select c.applicant_id as person_id, array_agg(c.matter_code order by c.matter_code) as matters from cases.case c
    where c.open and (the_people is null or c.applicant_id = any(the_people)) group by c.applicant_id),
  paid as (
    select q.person_id, array_agg(q.matter_code order by q.matter_code) as matters from people.benefit_receipt q
    where q.during @> the_day and (the_people is null or q.person_id = any(the_people)) group by q.person_id)
  select p.id, coalesce(home.area, hukou.area), p.safety_flag, coalesce(running.matters, '{}'),
    -- Registers say of everybody whether there is something: 16, 32 and 128 to 1024.
    (p.born_on is not null)::int + 2 * (p.sex is not null)::int + 4 * (hukou.area is not null)::int + 8 * (home.area is not null)::int + 16 + 32
      + 64 * (income.monthly_fen is not null)::int + 128 * (certificate.grade is null or certificate.kind is not null)::int + 256 + 512 + 1024
      + 2048 * (home.area is not null)::int + 4096 * (hukou.persons is not null)::int + 8192 * (home.area is not null)::int
      + 16384 * (home.income is not null)::int,
    p.born_on, p.sex, hukou.area, home.area, lower(residence.during), coalesce(paid.matters, '{}'), income.monthly_fen,
    certificate.kind, certificate.grade, permit.since, permit.until, home.persons::int, hukou.persons::int, home.persons::int, home.income::bigint
  from people.person p
  left join hukou on hukou.person_id = p.id
  left join home on home.person_id = p.id
  left join permit on permit.person_id = p.id
  left join running on running.person_id = p.id
  left join paid on paid.person_id = p.id
  left join people.residence_spell residence on residence.person_id = p.id and residence.during @> the_day
  left join people.income_declaration income on income.person_id = p.id and income.during @> the_day
  left join people.disability_certificate certificate on certificate.person_id = p.id and certificate.during @> the_day
  where (the_people is null or p.id = any(the_people))
    and exists (select from areas.area a where a.code = coalesce(home.area, hukou.area)) $$;

create trigger noted after insert or update on people.disability_certificate for each row execute function outreach.note_change('person_id');
create trigger noted after insert or update on people.residence_permit for each row execute function outreach.note_change('person_id');

create or replace function outreach.refresh_snapshot(the_day date, the_instant timestamptz) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  was date;
  who uuid[];
  grew int;
begin
  lock table outreach.snapshot in exclusive mode;
  select day into was from outreach.snapshot;
  if was is null or was > the_day then return null; end if;
  with noted as (delete from outreach.changed returning person_id)
  select array_agg(distinct person_id) into who from (
    select person_id from noted
    union all select person_id from people.hukou_spell where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.dwelling_occupancy where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.residence_spell where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.income_declaration where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.benefit_receipt where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.disability_certificate where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.residence_permit where was < the_day and lower(during) > was and lower(during) <= the_day) whose;
  -- And whoever shares a home or a hukou book with one of them, or did.
  select array_agg(distinct person_id) into who from (
    select unnest(who) as person_id
    union all select other.person_id from people.dwelling_occupancy mine join people.dwelling_occupancy other on other.dwelling_id = mine.dwelling_id and other.during @> the_day
      where mine.person_id = any(who)
    union all select other.person_id from people.hukou_spell mine join people.hukou_spell other on other.household_id = mine.household_id and other.during @> the_day
      where mine.person_id = any(who)) together;
  delete from outreach.person p where p.person_id = any(who);
  get diagnostics grew = row_count;
  grew := -grew;
  insert into outreach.person select * from outreach.facts_on(the_day, coalesce(who, '{}'));
  update outreach.snapshot set day = the_day, known_at = the_instant, persons = persons + grew + (select count(*) from outreach.person p where p.person_id = any(who));
  return coalesce(cardinality(who), 0);
end $$;

-- SQL's own least and greatest pass over what is not known.
create function outreach.smaller(one bigint, other bigint) returns bigint language sql immutable parallel safe as $$
  select case when one <= other then one when other < one then other end $$;
create function outreach.larger(one bigint, other bigint) returns bigint language sql immutable parallel safe as $$
  select case when one >= other then one when other > one then other end $$;
revoke all on function outreach.smaller(bigint, bigint), outreach.larger(bigint, bigint) from public;
grant execute on function outreach.smaller(bigint, bigint), outreach.larger(bigint, bigint) to app_system;
