-- In a correction she may answer what stands beside what was asked for, too: another answer to a question is what others hang on, and a day what another follows.
drop policy stated_by_self on cases.answer;
create policy stated_by_self on cases.answer for insert to app_resident with check (exists (select from cases.case c where c.id = case_id and (
  (c.status = 'received' and c.seq = 1 and version = 1) or (c.status = 'correcting' and (c.correction->'missing' ? question or coalesce(c.correction->'beside', '[]'::jsonb) ? question)))));
