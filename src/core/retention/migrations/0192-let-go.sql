-- What is erased, by kind, and no more than the day's count. The inner functions are the owner's alone: a restore uses them too.
-- Words of people and officers about people; codes, days and numbers stay, so that a timeline rebuilds its row.
create function retention.without_words(the_value jsonb) returns jsonb language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case jsonb_typeof(the_value)
    when 'object' then (select coalesce(jsonb_object_agg(key, case
        when key in ('text', 'reason', 'reasons', 'note') then '""'::jsonb when key in ('result') then '{}'::jsonb when key in ('conditions', 'without') then '[]'::jsonb
        else retention.without_words(value) end), '{}') from jsonb_each(the_value))
    when 'array' then (select coalesce(jsonb_agg(retention.without_words(value) order by at), '[]') from jsonb_array_elements(the_value) with ordinality e (value, at))
    else the_value end $$;

create function retention.strip_cases(ids uuid[], at timestamptz) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  delete from documents.print_failure f using documents.document d where d.id = f.document_id and d.case_id = any(ids);
  delete from documents.print p using documents.document d where d.id = p.document_id and d.case_id = any(ids);
  delete from documents.document where case_id = any(ids);
  delete from documents.material where case_id = any(ids);
  -- With the row goes the only key to the bytes; the sweep of the store takes the bytes.
  delete from documents.file where case_id = any(ids);
  delete from messages.message where case_id = any(ids);
  delete from cases.objection where case_id = any(ids);
  delete from cases.notice where case_id = any(ids);
  delete from cases.unit_member where case_id = any(ids);
  delete from cases.answer where case_id = any(ids);
  delete from cases.draft where submitted_case_id = any(ids);
  update cases.timeline set account_id = case when actor_kind = 'staff' then account_id end,
    payload = retention.without_words(payload) || case when fact = 'delivered' then '{"to": ""}'::jsonb else '{}'::jsonb end where case_id = any(ids);
  update cases.case set applicant_id = null, surname = '', stripped_at = at, restricted_at = coalesce(restricted_at, at), correction = retention.without_words(correction),
    extension = retention.without_words(extension), survey = retention.without_words(survey) where id = any(ids);
$$;

create function retention.drop_drafts(ids uuid[]) returns void language sql volatile set search_path = pg_catalog, pg_temp as $$
  delete from documents.material where draft_id = any(ids) and case_id is null;
  delete from documents.file where draft_id = any(ids) and case_id is null;
  delete from cases.draft where id = any(ids) and submitted_case_id is null;
$$;

-- Their marks in the audit and the record of looks belong to nobody from here on, and every seal holds.
create function retention.forget(blinds bytea[]) returns void language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare marks bytea[];
begin
  with gone as (delete from platform.audit_subject s where s.blind = any(blinds) returning s.mark) select coalesce(array_agg(mark), '{}') into marks from gone;
  if cardinality(marks) = 0 then return; end if;
  update platform.audit set account_id = null where account_mark = any(marks);
  update platform.audit set object_id = null where object_mark = any(marks);
  update access.read_entry set person_id = null where person_mark = any(marks);
end $$;

create function retention.drop_accounts(ids uuid[], blinds bytea[]) returns void language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform retention.drop_drafts((select coalesce(array_agg(d.id), '{}') from cases.draft d where d.account_id = any(ids::text[]) and d.submitted_case_id is null));
  delete from access.display where account_id = any(ids::text[]);
  delete from auth."user" where "id" = any(ids);
  perform retention.forget(blinds);
end $$;

create function retention.drop_persons(ids uuid[], blinds bytea[]) returns void language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  -- The daily run finds none of these; an older copy may still have them.
  perform retention.drop_drafts((select coalesce(array_agg(d.id), '{}') from cases.draft d where d.person_id = any(ids) and d.submitted_case_id is null));
  update cases.unit_member set person_id = null where person_id = any(ids);
  update documents.file set person_id = null where person_id = any(ids);
  delete from messages.message where person_id = any(ids);
  delete from access.person_account where person_id = any(ids);
  delete from people.hukou_spell where person_id = any(ids);
  delete from people.dwelling_occupancy where person_id = any(ids);
  delete from people.residence_spell where person_id = any(ids);
  delete from people.income_declaration where person_id = any(ids);
  delete from people.benefit_receipt where person_id = any(ids);
  delete from people.bank_account where person_id = any(ids);
  update retention.hold set person_id = null where person_id = any(ids);
  delete from people.person where id = any(ids);
  perform retention.forget(blinds);
end $$;
revoke all on function retention.without_words(jsonb), retention.strip_cases(uuid[], timestamptz), retention.drop_drafts(uuid[]), retention.forget(bytea[]),
  retention.drop_accounts(uuid[], bytea[]), retention.drop_persons(uuid[], bytea[]) from public;

-- What the next batch of a class would take. Definer, for the sweep alone: it names ids, and takes nothing.
create function retention.next_of(the_day date, the_class text, most int) returns table (id text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare r retention.run_class;
begin
  -- A hold that is being placed waits for this batch, and this batch for it; two sweeps take turns at a class.
  perform pg_advisory_xact_lock_shared(hashtext('retention.hold'));
  select c.* into r from retention.run_class c join retention.run d using (day) join retention.confirmation f on f.id = d.confirmation_id and f.ended_at is null where c.day = the_day and c.class = the_class and d.halted is null for update of c;
  if not found then return; end if;
  return query select d.id from retention.due(r.kind, r.class, r.ends, r.statuses, r.matters, r.before, (select u.at from retention.run u where u.day = the_day), true,
    least(most, r.allowed - r.done)) d;
end $$;

-- Lets these go, of them what is still due and not held, and says which. A commitment and a blind stand at the place of their id.
create function retention.let_go(the_day date, the_class text, ids text[], tombstones uuid[], commitments bytea[], blinds bytea[], at timestamptz) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare r retention.run_class; began timestamptz; taken text[]; last bigint; n int;
begin
  perform pg_advisory_xact_lock_shared(hashtext('retention.hold'));
  select c.* into r from retention.run_class c join retention.run d using (day) join retention.confirmation f on f.id = d.confirmation_id and f.ended_at is null where c.day = the_day and c.class = the_class and d.halted is null for update of c;
  if not found then return 0; end if;
  select u.at into began from retention.run u where u.day = the_day;
  if r.kind = 'case' then perform from cases.case c where c.id = any(ids::uuid[]) order by c.id for update; end if;
  if r.kind = 'draft' then perform from cases.draft d where d.id = any(ids::uuid[]) order by d.id for update; end if;
  select coalesce(array_agg(d.id), '{}') into taken from (
    select d.id from retention.due(r.kind, r.class, r.ends, r.statuses, r.matters, r.before, began, true, least(cardinality(ids), r.allowed - r.done)) d where d.id = any(ids)) d;
  n := cardinality(taken);
  if n = 0 then return 0; end if;
  case r.kind
  when 'case' then
    if r.ends = 'restrict' then update cases.case set restricted_at = at where id = any(taken::uuid[]);
    else perform retention.strip_cases(taken::uuid[], at); end if;
  when 'draft' then perform retention.drop_drafts(taken::uuid[]);
  when 'message' then delete from messages.message where id = any(taken::uuid[]);
  when 'answer-under-key' then delete from platform.idempotency i where i.at < r.before and concat_ws(E'\x1f', i.actor, i.operation, i.key) = any(taken);
  when 'ended-binding' then delete from access.person_account where id = any(taken::uuid[]);
  when 'invitation' then delete from access.invitation where id = any(taken::uuid[]);
  when 'officer-sign-in' then delete from auth."user" where "id" = any(taken::uuid[]);
  when 'unbound-account' then perform retention.drop_accounts(taken::uuid[], (select array_agg(b) from unnest(ids, blinds) x (i, b) where i = any(taken)));
  when 'person-without-tie' then perform retention.drop_persons(taken::uuid[], (select array_agg(b) from unnest(ids, blinds) x (i, b) where i = any(taken)));
  end case;
  if cardinality(tombstones) > 0 then
    -- In order, so that the file beside the seals is only ever appended to.
    perform pg_advisory_xact_lock(hashtext('retention.tombstone'));
    select coalesce(max(t.seq), 0) into last from retention.tombstone t;
    insert into retention.tombstone (id, seq, kind, class, rule, on_day, commitment)
      select x.t, last + row_number() over (), r.kind, r.class, 'class', the_day, x.c from unnest(ids, tombstones, commitments) x (i, t, c) where x.i = any(taken) on conflict (commitment) do nothing;
  end if;
  update retention.run_class c set done = c.done + n where c.day = the_day and c.class = the_class;
  return n;
end $$;
-- A month that the sealer has dropped.
create function retention.note_month(the_day date, the_class text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update retention.run_class set done = done + 1 where day = the_day and class = the_class and kind in ('acts-month', 'looks-month') and done < allowed $$;
revoke all on function retention.note_month(date, text) from public;
grant execute on function retention.note_month(date, text) to app_system;
revoke all on function retention.next_of(date, text, int), retention.let_go(date, text, text[], uuid[], bytea[], bytea[], timestamptz) from public;
grant execute on function retention.next_of(date, text, int), retention.let_go(date, text, text[], uuid[], bytea[], bytea[], timestamptz) to app_system;
