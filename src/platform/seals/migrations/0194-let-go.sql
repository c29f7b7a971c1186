-- A month of a log whose time is over is dropped whole, and leaves a record that is sealed like any act: docs/adr/0011-retention.md.
create table platform.let_go (number int primary key, log text not null, month text not null, record text not null, at timestamptz not null, constraint a_month_once unique (log, month));
comment on table platform.let_go is 'Months of the audit and of looks that were let go: which seals lost their rows, and the hashes of those at the edges. Append-only; each stands by its hash in an audit row';
grant select on platform.let_go to app_sealer;

-- Drops the month and writes down that it did, together. Definer, for the sealer alone: only an owner drops tables. The record was
-- made from exactly these rows, or nothing happens; and no log is let go before six months, whoever asks.
create function platform.let_go_month(the_log text, parent regclass, the_month text, the_number int, the_record text, the_hash text, the_rows bigint, audit_id uuid, the_request text, the_time timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare ns text; rel text; part regclass; n bigint; after timestamptz := (to_date(the_month, 'YYYYMM') + interval '1 month')::timestamp at time zone 'Asia/Shanghai';
begin
  if the_month !~ '^[0-9]{6}$' or after + interval '6 months' > the_time then raise exception 'a log is kept for six months' using errcode = '42501'; end if;
  select i.nspname, c.relname into ns, rel from pg_class c join pg_namespace i on i.oid = c.relnamespace where c.oid = parent and c.relkind = 'p';
  part := to_regclass(format('%I.%I', ns, rel || '_' || the_month));
  if rel is null or part is null or not exists (select from pg_inherits h where h.inhrelid = part and h.inhparent = parent) then raise exception 'no month % of %', the_month, the_log; end if;
  -- Every act writes to its parent: who waits for the lock too long comes again the night after.
  set local lock_timeout = '5s';
  execute format('lock table %s in access exclusive mode', parent);
  execute format('select count(*) from %s', part) into n;
  if n <> the_rows then raise exception '% rows of % are not those of the record', n, part; end if;
  execute format('drop table %s', part);
  insert into platform.let_go (number, log, month, record, at) values (the_number, the_log, the_month, the_record, the_time);
  insert into platform.audit (id, at, operation, outcome, actor_kind, schedule, object_id, request_id)
    values (audit_id, the_time, 'audit.let-go', 'done', 'system', 'let-go', the_hash, the_request);
end $$;
revoke all on function platform.let_go_month(text, regclass, text, int, text, text, bigint, uuid, text, timestamptz) from public;
grant execute on function platform.let_go_month(text, regclass, text, int, text, text, bigint, uuid, text, timestamptz) to app_sealer;
