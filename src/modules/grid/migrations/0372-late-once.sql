-- That its date went by does not vanish with a later date, an extension or a hanging.
alter table grid.incident add column was_late boolean not null default false;
comment on column grid.incident.was_late is 'Its date went by before it was handed in, in whichever round';
grant update (was_late) on grid.incident to app_staff;
update grid.incident set was_late = true where handled_at > due_at;
