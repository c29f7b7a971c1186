-- Whoever reported it sees how far it is with the organ, and none of what officers wrote to each other.
alter table hazards.hazard add column transferred boolean not null generated always as (transfer is not null) stored,
  add column taken_on boolean not null generated always as ((transfer->>'receipt') is not null) stored,
  add column ordered boolean not null generated always as (standing_order is not null) stored;
comment on column hazards.hazard.taken_on is 'The organ has given its receipt';
grant select (transferred, taken_on, ordered) on hazards.hazard to app_resident;
