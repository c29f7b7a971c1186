-- The snapshot without a look-up per row. For a million people the two references cost half of its making, and its keys, grown in no order, a fifth.
-- A row's area is one of areas.area because facts_on asks for it; a row goes with its person as before, by a trigger instead of a cascade.
alter table outreach.person drop constraint person_person_id_fkey, drop constraint person_area_fkey;
create function outreach.forget() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from outreach.person p using gone where p.person_id = gone.id;
  -- A refresh that had already read her writes her once more; the next one takes her out.
  insert into outreach.changed (person_id) select gone.id from gone;
  return null;
end $$;
revoke all on function outreach.forget() from public;
create trigger forgotten after delete on people.person referencing old table as gone for each statement execute function outreach.forget();

create or replace function outreach.make_snapshot(the_day date, the_instant timestamptz) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare made int;
begin
  -- One at a time; a second one that waited begins with what the first has left.
  lock table outreach.snapshot in exclusive mode;
  perform set_config('work_mem', '64MB', true), set_config('maintenance_work_mem', '128MB', true);
  delete from outreach.changed;
  truncate outreach.person;
  alter table outreach.person drop constraint person_pkey;
  drop index outreach.outreach_person_area;
  -- Neighbours lie together: a search of one street reads its own pages and no others.
  insert into outreach.person select * from outreach.facts_on(the_day, null) order by area;
  get diagnostics made = row_count;
  alter table outreach.person add constraint person_pkey primary key (person_id);
  create index outreach_person_area on outreach.person (area);
  analyze outreach.person;
  delete from outreach.snapshot;
  insert into outreach.snapshot (day, known_at, persons) values (the_day, the_instant, made);
  return made;
end $$;
