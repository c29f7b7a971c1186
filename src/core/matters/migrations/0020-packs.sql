create schema matters;
grant usage on schema matters to kaifong_app;
create table matters.pack (
  hash text primary key, code text not null, content jsonb not null, loaded_at timestamptz not null);
comment on table matters.pack is 'Packs as they were loaded: content-addressed, immutable. The one loaded last is in force; cases name the one they are pinned to';
grant select on matters.pack to kaifong_app;
create table matters.calendar_day (
  day date primary key, kind text not null check (kind in ('off', 'work')), name text not null, source_notice text not null);
comment on table matters.calendar_day is 'Days that differ from Monday to Friday, loaded from the pack';
grant select on matters.calendar_day to kaifong_app;
