-- Rules and numbers as they are written in their files: what somebody proposes to change must read as a small change of those files.
alter table matters.pack add column texts jsonb not null default '{}';
comment on column matters.pack.texts is 'Files of rules and numbers as they were written, by their path in the pack; empty for packs of before';
