-- Somebody objects to one line of the explanation of her case: a case of its own, about a line of the other. One may run for each line,
-- so that what it is about belongs to what runs once.
alter table cases.case add column about text not null default '';
comment on column cases.case.about is 'Of an objection to a line: case, rule and place of the line, so that one runs for each line. Empty for every other case';
grant insert (about) on cases.case to app_staff, app_resident;
drop index cases.one_running;
create unique index one_running on cases.case (applicant_id, matter_code, about) where status in ('received', 'correcting', 'accepted', 'paused');

-- As before, and that she has objected: once the case of the objection is there.
drop policy applicants_facts on cases.timeline;
create policy applicants_facts on cases.timeline for insert to app_resident with check (
  actor_kind = 'resident' and account_id = (select nullif(current_setting('app.account', true), '')) and post_id is null and schedule is null
  and exists (select from cases.case c where c.id = case_id and timeline.seq <= c.seq and case fact
    when 'received' then timeline.seq = 1
    when 'correction_answered' then c.status = 'received'
    when 'notice_taken_down' then c.status = 'withdrawn'
    when 'withdrawn' then c.status = 'withdrawn'
    when 'material_withdrawn' then c.status in ('received', 'correcting', 'accepted', 'paused')
    when 'rated' then c.rating = (payload->>'grade')::int
    when 'line_objected' then exists (select from cases.case o where o.id = (payload->>'caseId')::uuid and o.seq = 1 and starts_with(o.about, c.id::text || '/'))
    else false end));

-- The answer to an objection stands on the timeline of the case that it was about, too. Definer: whoever answers is of another line
-- and does not see that case. Nobody answers about a case in which she has acted.
-- @returns done, own, or null where no objection is in the caller's hands
create function cases.answer_line(the_case uuid, the_outcome text, the_reasons text, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare o cases.case; a cases.case; scope text := nullif(current_setting('app.scope', true), ''); lines text[] := nullif(current_setting('app.domains', true), '')::text[];
  the_post uuid := nullif(current_setting('app.post', true), '')::uuid; the_account text := nullif(current_setting('app.account', true), '');
begin
  select * into o from cases.case where id = the_case and about <> '' and status = 'accepted';
  if o.id is null or scope is null or lines is null or the_post is null or not (o.domain = any(lines)) or not starts_with(o.handling_area, scope) then return null; end if;
  select * into a from cases.case where id = split_part(o.about, '/', 1)::uuid for update;
  if exists (select from cases.timeline t join access.post p on p.id = t.post_id where t.case_id = a.id
    and p.officer_id = (select own.officer_id from access.post own where own.id = the_post)) then return 'own'; end if;
  update cases.case set seq = a.seq + 1 where id = a.id;
  insert into cases.timeline (case_id, seq, fact, payload, actor_kind, account_id, post_id, recorded_at, effective_at)
    values (a.id, a.seq + 1, 'line_answered', jsonb_build_object('caseId', o.id, 'number', o.number, 'outcome', the_outcome, 'reasons', the_reasons),
      'staff', the_account, the_post, at, at);
  return 'done';
end $$;
revoke all on function cases.answer_line(uuid, text, text, timestamptz) from public;
grant execute on function cases.answer_line(uuid, text, text, timestamptz) to app_staff;
