-- Not every text asks for visits: that the water is off tomorrow sends nobody to a door. Who writes it says so.
alter table safety.broadcast add column visits boolean not null default true;
alter table safety.broadcast alter column visits drop default;
comment on column safety.broadcast.visits is 'Whether those who may need it are visited while it holds';
grant insert (visits) on safety.broadcast to app_staff;
