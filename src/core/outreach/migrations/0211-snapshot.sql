-- One row a person, one column a fact: what every rule of the pack may ask, read off many tables once, so that a rule is one pass over one table.
create table outreach.person (
  person_id uuid primary key references people.person on delete cascade,
  -- Where somebody would visit her: her home, or else her hukou. Never outside the places of this system.
  area text collate "C" not null references areas.area,
  -- The safety flag: no list of a street names her; she herself is told what she is entitled to.
  hidden boolean not null,
  -- Matters with a running case of hers: she has applied.
  applied text[] not null,
  -- Bit n: the fact with the n-th column is on record, if only as “none” (FACT_COLUMNS in columns.ts).
  known int not null,
  born_on date check (born_on between '1600-01-01' and '2400-12-31'),
  sex text,
  hukou_area text collate "C",
  dwelling_area text collate "C",
  residence_since date check (residence_since between '1600-01-01' and '2400-12-31'),
  receives text[],
  monthly_income_fen bigint check (monthly_income_fen between 0 and 1000000000000));
comment on table outreach.person is 'Snapshot for outreach: the facts of everybody on one day, made anew from the registers and never read by a page';
create index outreach_person_area on outreach.person (area);
alter table outreach.person enable row level security;
create policy searched on outreach.person for select to app_system using (
  area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
grant select on outreach.person to app_system;

create table outreach.snapshot (
  id boolean primary key default true check (id), day date not null, known_at timestamptz not null, persons int not null check (persons >= 0));
comment on table outreach.snapshot is 'Which day the snapshot shows, and until when what was recorded is in it. One row';
alter table outreach.snapshot enable row level security;
create policy read_by_searches on outreach.snapshot for select to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select on outreach.snapshot to app_system;

-- The facts of the given people as they hold on a day: the same as people.personFacts reads of one. With null, of everybody.
create function outreach.facts_on(the_day date, the_people uuid[]) returns setof outreach.person language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.id, coalesce(home.area, hukou.area), p.safety_flag,
    coalesce((select array_agg(c.matter_code order by c.matter_code) from cases.case c
      where c.applicant_id = p.id and c.open), '{}'),
    (p.born_on is not null)::int + 2 * (p.sex is not null)::int + 4 * (hukou.area is not null)::int + 8 * (home.area is not null)::int + 16 + 32
      + 64 * (income.monthly_fen is not null)::int,
    p.born_on, p.sex, hukou.area, home.area, lower(residence.during),
    coalesce((select array_agg(q.matter_code order by q.matter_code) from people.benefit_receipt q where q.person_id = p.id and q.during @> the_day), '{}'),
    income.monthly_fen
  from people.person p
  left join people.hukou_spell hukou on hukou.person_id = p.id and hukou.during @> the_day
  left join people.dwelling_occupancy home on home.person_id = p.id and home.during @> the_day
  left join people.residence_spell residence on residence.person_id = p.id and residence.during @> the_day
  left join people.income_declaration income on income.person_id = p.id and income.during @> the_day
  where (the_people is null or p.id = any(the_people))
    and exists (select from areas.area a where a.code = coalesce(home.area, hukou.area)) $$;
revoke all on function outreach.facts_on(date, uuid[]) from public;

-- Whose facts may have changed since. The person is no key: a write to a register must not wait for another one's note.
create table outreach.changed (id bigint generated always as identity primary key, person_id uuid not null);
comment on table outreach.changed is 'Persons whose row of the snapshot is to be made anew; emptied by each refresh';
alter table outreach.changed enable row level security;
create function outreach.note_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into outreach.changed (person_id) values ((to_jsonb(new) ->> tg_argv[0])::uuid);
  return null;
end $$;
revoke all on function outreach.note_change() from public;
create trigger noted after insert or update on people.person for each row execute function outreach.note_change('id');
create trigger noted after insert or update on people.hukou_spell for each row execute function outreach.note_change('person_id');
create trigger noted after insert or update on people.dwelling_occupancy for each row execute function outreach.note_change('person_id');
create trigger noted after insert or update on people.residence_spell for each row execute function outreach.note_change('person_id');
create trigger noted after insert or update on people.income_declaration for each row execute function outreach.note_change('person_id');
create trigger noted after insert or update on people.benefit_receipt for each row execute function outreach.note_change('person_id');
create trigger noted after insert or update of status on cases.case for each row execute function outreach.note_change('applicant_id');

-- Past row security, since a register shows a sweep nothing; it hands out nothing but a number, and the snapshot shows itself by area.
create function outreach.make_snapshot(the_day date, the_instant timestamptz) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare made int;
begin
  -- One at a time; a second one that waited begins with what the first has left.
  lock table outreach.snapshot in exclusive mode;
  delete from outreach.changed;
  truncate outreach.person;
  insert into outreach.person select * from outreach.facts_on(the_day, null);
  get diagnostics made = row_count;
  delete from outreach.snapshot;
  insert into outreach.snapshot (day, known_at, persons) values (the_day, the_instant, made);
  return made;
end $$;
-- Only whoever was noted, and whose spell begins or ends between the two days. Null when there is no snapshot to refresh, or only of a later day.
create function outreach.refresh_snapshot(the_day date, the_instant timestamptz) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
    union all select person_id from people.benefit_receipt where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)) whose;
  delete from outreach.person p where p.person_id = any(who);
  get diagnostics grew = row_count;
  grew := -grew;
  insert into outreach.person select * from outreach.facts_on(the_day, coalesce(who, '{}'));
  update outreach.snapshot set day = the_day, known_at = the_instant, persons = persons + grew + (select count(*) from outreach.person p where p.person_id = any(who));
  return coalesce(cardinality(who), 0);
end $$;
revoke all on function outreach.make_snapshot(date, timestamptz), outreach.refresh_snapshot(date, timestamptz) from public;
grant execute on function outreach.make_snapshot(date, timestamptz), outreach.refresh_snapshot(date, timestamptz) to app_system;
