-- What was noted of a visit by mistake is taken back by whoever noted it, also from another post of hers. The note stays as it was written;
-- the correction stands beside it and goes with it.
create table outreach.visit_taken_back (
  visit_id uuid primary key references outreach.visit on delete cascade,
  why text not null check (why in ('other_person', 'other_result', 'no_visit')), at timestamptz not null, post_id uuid not null references access.post);
comment on table outreach.visit_taken_back is '收回: a result of a visit that was noted by mistake, and why. Goes with the visit';
alter table outreach.visit_taken_back enable row level security;
create policy visit_in_view on outreach.visit_taken_back for select to app_staff using (exists (select from outreach.visit v where v.id = visit_id));
create policy taken_back_by_who_noted_it on outreach.visit_taken_back for insert to app_staff with check (
  post_id = (select nullif(current_setting('app.post', true), ''))::uuid and exists (
    select from outreach.visit v join access.officer_of_post noted on noted.post_id = v.post_id
      join access.officer_of_post mine on mine.post_id = visit_taken_back.post_id and mine.officer_number = noted.officer_number where v.id = visit_id));
grant select, insert on outreach.visit_taken_back to app_staff;
