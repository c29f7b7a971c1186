-- Two streets gave the same number on one day, and a number on a slip or told by phone stood for two hazards. From here on the counter is
-- the city's. What was numbered before keeps its number, which is on papers; no later one repeats it.
alter table hazards.hazard add column numbered_by_street boolean not null default false;
comment on column hazards.hazard.numbered_by_street is 'From before numbers were of the whole city: another street may have given the same';
update hazards.hazard set numbered_by_street = true;
create unique index number_once_a_city on hazards.hazard (number) where not numbered_by_street;
comment on table hazards.counter is 'Last hazard number of a city and day, before that of a street and day; touched only by hazards.give_number';

create or replace function hazards.give_number() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare for_day date := (new.opened_at at time zone 'Asia/Shanghai')::date;
begin
  -- The first of a day begins after what streets gave on that day themselves.
  insert into hazards.counter as c (street, day, n)
    values (left(new.street, 4), for_day, 1 + coalesce((select max(o.n) from hazards.counter o where o.day = for_day), 0))
  on conflict (street, day) do update set n = c.n + 1
  returning 'H' || to_char(for_day, 'YYYYMMDD') || '-' || lpad(c.n::text, greatest(4, length(c.n::text)), '0') into new.number;
  return new;
end $$;
