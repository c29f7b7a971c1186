-- Where somebody who acts for her sent the application, the applicant's own word to the check is a fact of its own: said on her account, or on paper before the officer
-- who has the case in hand. Otherwise as before (0225, 0207).
drop policy applicants_facts on cases.timeline;
create policy applicants_facts on cases.timeline for insert to app_resident with check (
  actor_kind = 'resident' and account_id = (select nullif(current_setting('app.account', true), '')) and post_id is null and schedule is null
  and exists (select from cases.case c where c.id = case_id and timeline.seq <= c.seq and case fact
    when 'received' then timeline.seq = 1
    when 'correction_answered' then c.status = 'received'
    when 'check_agreed' then c.status in ('received', 'correcting', 'accepted', 'paused') and payload->>'how' = 'account'
    when 'notice_taken_down' then c.status = 'withdrawn'
    when 'withdrawn' then c.status = 'withdrawn'
    when 'material_withdrawn' then c.status in ('received', 'correcting', 'accepted', 'paused')
    when 'rated' then c.rating = (payload->>'grade')::int
    when 'line_objected' then exists (select from cases.case o where o.id = (payload->>'caseId')::uuid and o.seq = 1 and starts_with(o.about, c.id::text || '/'))
    else false end));

drop policy officers_facts on cases.timeline;
create policy officers_facts on cases.timeline for insert to app_staff with check (
  actor_kind = 'staff' and account_id = (select nullif(current_setting('app.account', true), '')) and post_id = (select nullif(current_setting('app.post', true), ''))::uuid and schedule is null
  and (fact = 'received') = (seq = 1)
  and fact not in ('objected', 'withdrawn', 'material_withdrawn', 'rated', 'due_recomputed') and (fact <> 'check_agreed' or payload->>'how' = 'paper')
  and exists (select from cases.case c where c.id = case_id and timeline.seq <= c.seq + 1 and (fact <> 'correction_answered' or (c.status = 'received' and c.correction->>'answeredOn' is not null)) and (
    (c.handling_area >= (select nullif(current_setting('app.scope', true), '')) and c.handling_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (c.seq = 1 and c.received_by = (select nullif(current_setting('app.post', true), ''))::uuid))));
