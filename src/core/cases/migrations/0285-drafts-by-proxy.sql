-- Who acts for another writes the other's application: in the named matter, and only while she is let. What she began is nobody's when it ends: not hers, for it is about
-- another, and not the other's, for it was not sent. It goes with its age.
alter table cases.draft add column proxy_id uuid;
comment on column cases.draft.proxy_id is 'Under which proxy it is written, where somebody writes it for person_id';
alter table cases.draft add constraint written_for_somebody check (proxy_id is null or person_id is not null);
drop index cases.one_open_draft;
create unique index one_open_draft on cases.draft (account_id, matter_code, proxy_id) nulls not distinct where submitted_case_id is null;

drop policy draft_is_own on cases.draft;
create policy draft_is_own on cases.draft for select to app_resident using (account_id = (select nullif(current_setting('app.account', true), ''))
  and (proxy_id is null or exists (select from access.proxy x where x.id = draft.proxy_id and x.principal_id = draft.person_id and x.ended_at is null and draft.matter_code = any(x.matters)
    and x.principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]))));
drop policy draft_begun_by_self on cases.draft;
create policy draft_begun_by_self on cases.draft for insert to app_resident with check (account_id = (select nullif(current_setting('app.account', true), ''))
  and (person_id is null or person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]))
  and (proxy_id is null or exists (select from access.proxy x where x.id = draft.proxy_id and x.principal_id = draft.person_id and x.ended_at is null and draft.matter_code = any(x.matters))));
grant insert (proxy_id) on cases.draft to app_resident;
