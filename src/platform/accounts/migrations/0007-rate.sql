-- Unlogged: a crash of the database forgets the counts, which costs a minute of strictness and saves a write to the log per hit.
create unlogged table auth.rate (
  key text collate "C" not null,
  window_seconds integer not null,
  window_start timestamptz not null,
  hits integer not null,
  primary key (key, window_seconds)
);
create index rate_window_start on auth.rate (window_start);
comment on table auth.rate is 'How often something happened in its window, which opens with the first hit. Keys hold no phone and no address in the clear.';
revoke all on auth.rate from public;
grant select, insert, update, delete on auth.rate to kaifong_app;
