-- A resident asks for her account to be deleted: stopped at once, gone after the days in which she can keep it.
alter table auth."user" add column deletion_asked_at timestamptz,
  add constraint asked_by_residents check (deletion_asked_at is null or "kind" = 'resident');
comment on column auth."user".deletion_asked_at is 'Since when she wants the account deleted: from then on a session opens nothing but the way to keep it. Null again when she kept it';
create index account_to_delete on auth."user" (deletion_asked_at) where deletion_asked_at is not null;
