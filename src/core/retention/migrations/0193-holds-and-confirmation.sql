-- Definers: a case that was put away is seen by nobody, and must still be held; who placed a hold is compared by person, not by post.
create function retention.confirm(new_id uuid, the_digest text, the_pack text, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := access.must_act('audit-administrator');
begin
  update retention.confirmation set ended_by = acting_post, ended_at = at where ended_at is null;
  insert into retention.confirmation (id, digest, pack_hash, confirmed_by, confirmed_at) values (new_id, the_digest, the_pack, acting_post, at);
end $$;
create function retention.switch_off(at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := access.must_act('audit-administrator');
begin
  update retention.confirmation set ended_by = acting_post, ended_at = at where ended_at is null;
  return found;
end $$;

-- The post in which a leader acts: living, of a street or district, with office lines, of no administrator. Which roles may hold is the pack's, and was
-- asked before; areas and lines are those of the post, whatever a caller says.
create function retention.must_lead(at timestamptz) returns access.post
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare lead access.post; today date := (at at time zone 'Asia/Shanghai')::date;
begin
  select p.* into lead from access.post p join access.officer o on o.id = p.officer_id
  where p.id = nullif(current_setting('app.post', true), '')::uuid and p.scope = nullif(current_setting('app.scope', true), '')
    and p.ended_at is null and o.ended_at is null and p.valid_from <= today and (p.valid_to is null or p.valid_to >= today) and cardinality(p.domains) > 0
    and p.role not in ('system-administrator', 'security-administrator', 'audit-administrator')
    and not exists (select from unnest(p.areas) x where not exists (select from areas.area a where a.code = x and a.level in ('street', 'district')));
  if lead.id is null then raise insufficient_privilege using message = 'holds are placed, ended and read in a post of a street or district'; end if;
  return lead;
end $$;
create function retention.covers(the_areas text[], the_area text) returns boolean language sql immutable set search_path = pg_catalog, pg_temp as $$
  select exists (select from unnest(the_areas) x where starts_with(the_area, x)) $$;
-- Whether a hold is the leader's to see: a case as ever; an area within her own, with every line that it was placed for.
create function retention.sees(lead access.post, h retention.hold) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select case h.kind when 'area' then retention.covers(lead.areas, h.area) and h.domains <@ lead.domains
    else exists (select from cases.case c where c.id = h.case_id and c.domain = any(lead.domains)
      and (retention.covers(lead.areas, c.origin_area) or retention.covers(lead.areas, c.handling_area))) end $$;
-- Why she may not end what she sees: `own`, the same person placed it; `above`, her areas do not cover those of the post that did.
-- A code has the length of its level, so whoever covers them is of the same level or a higher one. @returns null when she may
create function retention.barred(lead access.post, h retention.hold) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p.officer_id = lead.officer_id then 'own'
    when exists (select from unnest(p.areas) x where not retention.covers(lead.areas, x)) then 'above' end from access.post p where p.id = h.placed_by $$;
revoke all on function retention.must_lead(timestamptz), retention.covers(text[], text), retention.sees(access.post, retention.hold),
  retention.barred(access.post, retention.hold) from public;

-- Places a hold. A case is found by street and number within the areas and lines of the post, also when it was put away, and comes
-- back into sight with it. @returns done, missing, ambiguous, or gone for a case that nothing is left of
create function retention.place_hold(new_id uuid, the_kind text, the_number text, the_area text, the_class text, the_reason text, the_basis text, last_day date, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare lead access.post := retention.must_lead(at); found_id uuid; c cases.case; many int;
begin
  perform pg_advisory_xact_lock(hashtext('retention.hold'));
  if the_kind = 'area' then
    if not retention.covers(lead.areas, the_area) then return 'missing'; end if;
    insert into retention.hold (id, kind, area, class, domains, reason, basis, placed_by, placed_at, until) values (new_id, 'area', the_area, the_class, lead.domains, the_reason, the_basis, lead.id, at, last_day);
    return 'done';
  end if;
  select count(*), min(d.id::text)::uuid into many, found_id from cases.case d where d.number = the_number and d.domain = any(lead.domains)
    and (retention.covers(lead.areas, d.origin_area) or retention.covers(lead.areas, d.handling_area));
  if many = 0 then return 'missing'; end if;
  if many > 1 then return 'ambiguous'; end if;
  select * into c from cases.case where id = found_id for update;
  if c.stripped_at is not null then return 'gone'; end if;
  update cases.case set restricted_at = null where id = c.id and restricted_at is not null;
  insert into retention.hold (id, kind, case_id, person_id, area, reason, basis, placed_by, placed_at, until)
    values (new_id, the_kind, c.id, case when the_kind = 'person' then c.applicant_id end, c.origin_area, the_reason, the_basis, lead.id, at, last_day);
  return 'done';
end $$;

-- Ends a hold. @returns done, missing, ended, or why she is barred
create function retention.end_hold(the_hold uuid, why text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare lead access.post := retention.must_lead(at); h retention.hold; barred text;
begin
  select x.* into h from retention.hold x where x.id = the_hold and retention.sees(lead, x) for update;
  if not found then return 'missing'; end if;
  if h.ended_at is not null then return 'ended'; end if;
  barred := retention.barred(lead, h);
  if barred is not null then return barred; end if;
  update retention.hold set ended_by = lead.id, ended_at = at, ended_why = why where id = h.id;
  return 'done';
end $$;

-- The holds that the acting leader sees: a case by street and number, no person.
create function retention.holds_in(at timestamptz) returns table (id uuid, kind text, area text, number text, class text, reason text, basis text, placed_by text, placed_at timestamptz, until date, ended_by text, ended_at timestamptz, ended_why text, barred text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare lead access.post := retention.must_lead(at);
begin
  return query select h.id, h.kind, h.area, c.number, h.class, h.reason, h.basis, b.officer_name, h.placed_at, h.until, e.officer_name, h.ended_at, h.ended_why, retention.barred(lead, h)
  from retention.hold h left join cases.case c on c.id = h.case_id left join access.officer_of_post b on b.post_id = h.placed_by left join access.officer_of_post e on e.post_id = h.ended_by
  where retention.sees(lead, h) order by h.ended_at desc nulls first, h.placed_at desc, h.id limit 500;
end $$;
revoke all on function retention.confirm(uuid, text, text, timestamptz), retention.switch_off(timestamptz), retention.holds_in(timestamptz),
  retention.place_hold(uuid, text, text, text, text, text, text, date, timestamptz), retention.end_hold(uuid, text, timestamptz) from public;
grant execute on function retention.confirm(uuid, text, text, timestamptz), retention.switch_off(timestamptz), retention.holds_in(timestamptz),
  retention.place_hold(uuid, text, text, text, text, text, text, date, timestamptz), retention.end_hold(uuid, text, timestamptz) to app_staff;
