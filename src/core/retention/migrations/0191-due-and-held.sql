-- What is due, and what is held: asked by the dry-run and by the letting go in the same words.
-- A hold that ends during a day still holds that day: nothing goes that the morning's count did not show.
create function retention.is_held(the_class text, the_area text, the_case uuid, the_person uuid, as_of timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from retention.hold h where (h.ended_at is null or h.ended_at > as_of) and (h.until is null or h.until >= (as_of at time zone 'Asia/Shanghai')::date)
    and case h.kind when 'case' then h.case_id = the_case
      when 'area' then h.class = the_class and starts_with(the_area, h.area)
      else h.person_id = the_person or exists (select from cases.unit_member m where m.case_id = the_case and m.person_id = h.person_id) end) $$;
revoke all on function retention.is_held(text, text, uuid, uuid, timestamptz) from public;

-- Everything of a kind whose time began before an instant, oldest first. `free` leaves out what is held.
create function retention.due(the_kind text, the_class text, the_end text, the_statuses text[], the_matters text[], before timestamptz, as_of timestamptz, free boolean, most bigint)
returns table (id text, since timestamptz, held boolean)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
-- Most days nothing is held: then no row is asked about.
declare any_hold boolean := exists (select from retention.hold h where h.ended_at is null or h.ended_at > as_of);
begin
  case the_kind
  when 'case' then
    return query select d.id, d.since, d.held from (
      select c.id::text as id, e.since, any_hold and retention.is_held(the_class, c.origin_area, c.id, c.applicant_id, as_of) as held
      from cases.case c, lateral (select coalesce(c.closed_at, (select t.recorded_at from cases.timeline t where t.case_id = c.id and t.seq = c.seq)) as since) e
      where not c.open and c.stripped_at is null and coalesce(c.closed_at, c.received_at) < before and e.since < before
        and c.status = any(the_statuses) and (the_matters is null or c.matter_code = any(the_matters)) and (the_end = 'strip' or c.restricted_at is null)
      order by coalesce(c.closed_at, c.received_at), c.id) d where not (free and d.held) limit most;
  when 'draft' then
    return query select d.id, d.since, d.held from (
      select w.id::text as id, w.updated_at as since, any_hold and retention.is_held(the_class, (select p.living_area from people.person p where p.id = w.person_id), null, w.person_id, as_of) as held
      from cases.draft w where w.submitted_case_id is null and w.updated_at < before order by w.updated_at, w.id) d where not (free and d.held) limit most;
  when 'message' then
    return query select d.id, d.since, d.held from (
      select m.id::text as id, m.made_at as since, any_hold and retention.is_held(the_class, (select coalesce(p.living_area, p.hukou_area) from people.person p where p.id = m.person_id), m.case_id, m.person_id, as_of) as held
      from messages.message m where m.made_at < before order by m.made_at, m.id) d where not (free and d.held) limit most;
  when 'answer-under-key' then
    return query select concat_ws(E'\x1f', i.actor, i.operation, i.key), i.at, false from platform.idempotency i where i.at < before limit most;
  when 'ended-binding' then
    return query select d.id, d.since, d.held from (
      select b.id::text as id, b.ended_at as since, any_hold and retention.is_held(the_class, (select coalesce(p.living_area, p.hukou_area) from people.person p where p.id = b.person_id), null, b.person_id, as_of) as held
      from access.person_account b where b.ended_at < before order by b.ended_at, b.id) d where not (free and d.held) limit most;
  when 'invitation' then
    return query select i.id::text, coalesce(i.used_at, i.withdrawn_at, i.expires_at), any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = i.organisation_id), null, null, as_of)
      from access.invitation i where coalesce(i.used_at, i.withdrawn_at, i.expires_at) < before
        and not (free and any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = i.organisation_id), null, null, as_of))
      order by 2, 1 limit most;
  when 'officer-sign-in' then
    return query select u."id"::text, o.ended_at, any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = o.organisation_id), null, null, as_of)
      from access.officer o join auth."user" u on u."id"::text = o.account_id where o.ended_at < before
        and not (free and any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = o.organisation_id), null, null, as_of))
      order by 2, 1 limit most;
  when 'unbound-account' then
    -- A phone that was never anybody's who is known here: it holds nothing but a number.
    return query select r.account_id::text, greatest(r.created_at, r.signed_in_at), false from auth.resident_phone r
      where greatest(r.created_at, r.signed_in_at) < before and not exists (select from access.person_account b where b.account_id = r.account_id::text)
        and not exists (select from cases.draft w where w.account_id = r.account_id::text) order by 2, 1 limit most;
  when 'person-without-tie' then
    -- Lives and belongs nowhere here, has no case, account, draft or paper, and stands in nobody else's case.
    return query select d.id, d.since, d.held from (
      select p.id::text as id, e.since, any_hold and retention.is_held(the_class, coalesce(p.hukou_area, ''), null, p.id, as_of) as held
      from people.person p, lateral (select greatest(p.recorded_at, (select max(coalesce(upper(s.during), 'infinity')::timestamptz) from (
          select h.during from people.hukou_spell h join areas.area a on a.code = h.area where h.person_id = p.id union all select o.during from people.dwelling_occupancy o where o.person_id = p.id
          union all select r.during from people.residence_spell r where r.person_id = p.id union all select b.during from people.benefit_receipt b where b.person_id = p.id) s)) as since) e
      where p.living_area is null and p.recorded_at < before and e.since < before
        and not exists (select from cases.case c where c.applicant_id = p.id) and not exists (select from cases.unit_member m where m.person_id = p.id)
        and not exists (select from access.person_account b where b.person_id = p.id) and not exists (select from cases.draft w where w.person_id = p.id)
        and not exists (select from documents.file f where f.person_id = p.id) and not exists (select from cases.objection o where o.person_id = p.id)
      order by p.recorded_at, p.id) d where not (free and d.held) limit most;
  when 'acts-month', 'looks-month' then
    -- Months that are over, whole. Whoever holds a person holds the looks at her with them.
    return query select d.id, d.since, d.held from (
      select m.month as id, m.ended as since, any_hold and exists (select from retention.hold h where (h.ended_at is null or h.ended_at > as_of) and (h.until is null or h.until >= (as_of at time zone 'Asia/Shanghai')::date)
          and (h.class = the_class or h.kind = 'person')) as held
      from (select right(c.relname, 6) as month, (to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month')::timestamp at time zone 'Asia/Shanghai' as ended
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = (case the_kind when 'acts-month' then 'platform.audit' else 'access.read_entry' end)::regclass and c.relname ~ '_[0-9]{6}$') m
      where m.ended <= before order by 1) d where not (free and d.held) limit most;
  else raise exception 'no kind %', the_kind using errcode = '22023';
  end case;
end $$;
revoke all on function retention.due(text, text, text, text[], text[], timestamptz, timestamptz, boolean, bigint) from public;

-- The dry-run of one class. Definer: it counts past row security, and answers counts alone.
create function retention.count_due(the_kind text, the_class text, the_end text, the_statuses text[], the_matters text[], before timestamptz, as_of timestamptz, most bigint)
returns table (due bigint, held bigint, oldest timestamptz, newest timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('role') = 'app_staff' then perform access.must_act('audit-administrator'); end if;
  return query select count(*) filter (where not d.held), count(*) filter (where d.held), min(d.since), max(d.since)
    from retention.due(the_kind, the_class, the_end, the_statuses, the_matters, before, as_of, false, most) d;
end $$;
revoke all on function retention.count_due(text, text, text, text[], text[], timestamptz, timestamptz, bigint) from public;
grant execute on function retention.count_due(text, text, text, text[], text[], timestamptz, timestamptz, bigint) to app_staff, app_system;
