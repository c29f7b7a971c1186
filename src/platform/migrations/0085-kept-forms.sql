create table platform.kept_form (id uuid primary key, owner bytea not null, sealed bytea not null, kept_at timestamptz not null);
comment on table platform.kept_form is 'A form that was sent back to be mended: what was typed, sealed, for the browser and account that typed it and for a quarter of an hour';
create index kept_form_by_age on platform.kept_form (kept_at);
grant select, insert, delete on platform.kept_form to kaifong_app;
