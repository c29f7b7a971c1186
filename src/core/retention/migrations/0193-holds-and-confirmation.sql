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

-- Places a hold. A case is found by street and number within the scope that asks, also when it was put away, and comes back into
-- sight with it. @returns done, missing, ambiguous, or gone for a case that nothing is left of
create function retention.place_hold(new_id uuid, the_kind text, the_number text, the_areas text[], the_area text, the_class text, the_reason text, the_basis text, last_day date, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := nullif(current_setting('app.post', true), '')::uuid; found_id uuid; c cases.case; many int;
begin
  if acting_post is null or not exists (select from access.post p where p.id = acting_post and p.ended_at is null) then raise insufficient_privilege using message = 'a hold is placed in a post'; end if;
  perform pg_advisory_xact_lock(hashtext('retention.hold'));
  if the_kind = 'area' then
    if not access.in_reach(the_area) then return 'missing'; end if;
    insert into retention.hold (id, kind, area, class, reason, basis, placed_by, placed_at, until) values (new_id, 'area', the_area, the_class, the_reason, the_basis, acting_post, at, last_day);
    return 'done';
  end if;
  select count(*), min(d.id::text)::uuid into many, found_id from cases.case d where d.number = the_number and (access.in_reach(d.origin_area) or access.in_reach(d.handling_area))
    and d.domain = any(nullif(current_setting('app.domains', true), '')::text[]) and exists (select from unnest(the_areas) x where starts_with(d.origin_area, x) or starts_with(d.handling_area, x));
  if many = 0 then return 'missing'; end if;
  if many > 1 then return 'ambiguous'; end if;
  select * into c from cases.case where id = found_id for update;
  if c.stripped_at is not null then return 'gone'; end if;
  update cases.case set restricted_at = null where id = c.id and restricted_at is not null;
  insert into retention.hold (id, kind, case_id, person_id, area, reason, basis, placed_by, placed_at, until)
    values (new_id, the_kind, c.id, case when the_kind = 'person' then c.applicant_id end, c.origin_area, the_reason, the_basis, acting_post, at, last_day);
  return 'done';
end $$;

create function retention.end_hold(the_hold uuid, the_areas text[], why text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := nullif(current_setting('app.post', true), '')::uuid; h retention.hold; officer uuid;
begin
  select p.officer_id into officer from access.post p where p.id = acting_post and p.ended_at is null;
  if officer is null then raise insufficient_privilege using message = 'a hold is ended in a post'; end if;
  select * into h from retention.hold where id = the_hold and access.in_reach(area) and exists (select from unnest(the_areas) x where starts_with(area, x))
    and (case_id is null or exists (select from cases.case c where c.id = case_id and c.domain = any(nullif(current_setting('app.domains', true), '')::text[]))) for update;
  if not found then return 'missing'; end if;
  if h.ended_at is not null then return 'ended'; end if;
  if (select p.officer_id from access.post p where p.id = h.placed_by) = officer then return 'own'; end if;
  update retention.hold set ended_by = acting_post, ended_at = at, ended_why = why where id = h.id;
  return 'done';
end $$;

-- The holds of the scope that asks: a case by street and number, no person.
create function retention.holds_in(the_areas text[]) returns table (id uuid, kind text, area text, number text, class text, reason text, basis text, placed_by text, placed_at timestamptz, until date, ended_by text, ended_at timestamptz, ended_why text, own boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.id, h.kind, h.area, c.number, h.class, h.reason, h.basis, b.officer_name, h.placed_at, h.until, e.officer_name, h.ended_at, h.ended_why,
    (select p.officer_id from access.post p where p.id = h.placed_by) = (select p.officer_id from access.post p where p.id = nullif(current_setting('app.post', true), '')::uuid)
  from retention.hold h left join cases.case c on c.id = h.case_id left join access.officer_of_post b on b.post_id = h.placed_by left join access.officer_of_post e on e.post_id = h.ended_by
  where access.in_reach(h.area) and exists (select from unnest(the_areas) x where starts_with(h.area, x))
    and (c.id is null or c.domain = any(nullif(current_setting('app.domains', true), '')::text[])) order by h.ended_at desc nulls first, h.placed_at desc, h.id limit 500 $$;
revoke all on function retention.confirm(uuid, text, text, timestamptz), retention.switch_off(timestamptz), retention.holds_in(text[]),
  retention.place_hold(uuid, text, text, text[], text, text, text, text, date, timestamptz), retention.end_hold(uuid, text[], text, timestamptz) from public;
grant execute on function retention.confirm(uuid, text, text, timestamptz), retention.switch_off(timestamptz), retention.holds_in(text[]),
  retention.place_hold(uuid, text, text, text[], text, text, text, text, date, timestamptz), retention.end_hold(uuid, text[], text, timestamptz) to app_staff;
