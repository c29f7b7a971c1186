-- Files of a draft are seen by who sees the draft: of one that was written for somebody else nothing is left to look at once its proxy
-- ended, and before that only in her name and under her second factor.
drop policy file_is_own on documents.file;
create policy file_is_own on documents.file for select to app_resident using (removed_at is null and (
  (case_id is null and account_id = (select nullif(current_setting('app.account', true), '')) and (draft_id is null or exists (select from cases.draft d where d.id = draft_id)))
  or (case_id is not null and exists (select from cases.case c where c.id = case_id))));
