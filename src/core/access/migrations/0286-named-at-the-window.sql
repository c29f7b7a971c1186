-- What is given at the window keeps its paper: which card the officer saw, whom the paper names, why it is done there, and a number. Only who bears the name on the
-- paper can take it on: a code that was overheard is of no use to anybody else.
alter table access.proxy add column named text check (char_length(named) between 2 and 60), add column document_seen text check (document_seen in ('id-card', 'temporary-id-card', 'hukou-book')),
  add column reason text check (char_length(reason) between 1 and 200), add column number text unique,
  add constraint paper_of_the_window check (given_how = 'window' or num_nonnulls(named, document_seen, reason, number) = 0);
comment on column access.proxy.named is 'Whom the signed paper names: only a person of this name takes it on';
grant insert (named, document_seen, reason) on access.proxy to app_staff;

-- The next number of a day, 20261124-W0007. Definer: an officer sees the proxies of her own area alone, and two of them must not give one number twice.
create function access.number_proxy() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  of_day text := to_char(new.valid_from, 'YYYYMMDD') || '-W';
begin
  perform pg_advisory_xact_lock(hashtextextended('access.proxy ' || of_day, 0));
  new.number := of_day || lpad((1 + coalesce((select max(substr(x.number, 11)::int) from access.proxy x where x.number like of_day || '%'), 0))::text, 4, '0');
  return new;
end $$;
revoke all on function access.number_proxy() from public;
create trigger numbered before insert on access.proxy for each row when (new.given_how = 'window') execute function access.number_proxy();

create or replace function access.take_proxy(the_digest text, the_person uuid, at timestamptz, the_day date) returns uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update access.proxy set proxy_id = the_person, accepted_at = at, code_digest = null
    where code_digest = the_digest and proxy_id is null and ended_at is null and code_until > at and valid_to >= the_day and principal_id <> the_person
      and the_person = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
      and (named is null or named = (select p.name from people.person p where p.id = the_person))
    returning id $$;
