-- An assignment of the demo street says so, as its grids do.
alter table grid.assignment add column demo boolean not null default false;
comment on column grid.assignment.demo is 'Invented with the demo street';
