-- Which reminder of a residence permit's last day was made, and when. A permit lapses against nobody who was not reminded.
create table cases.permit_reminder (
  person_id uuid not null references people.person on delete cascade, permit_until date not null, days int not null check (days >= 0), told_at timestamptz not null,
  primary key (person_id, permit_until, days));
comment on table cases.permit_reminder is '居住证签注提醒: one row a permit, last day and reminder; what was told is messages.message';
alter table cases.permit_reminder enable row level security;
create policy made_by_the_sweep on cases.permit_reminder for select to app_system using ((select nullif(current_setting('app.scope', true), '')) is not null);
grant select on cases.permit_reminder to app_system;

-- Past row security, since a sweep reads no register: whose permit ends within the days given and who was not yet reminded. Of several that are due at
-- once only the last is made: two messages on one day say no more than one. Not to who has applied, nor whose hukou is here by now.
create function cases.remind_permits(the_day date, the_days int[], the_matter text, the_home text, the_instant timestamptz)
returns table (person_id uuid, permit_until date, days int) language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into cases.permit_reminder (person_id, permit_until, days, told_at)
  select p.id, held.until, due.days, the_instant
  from people.person p
  join lateral (select (upper(r.during) - 1) as until from people.residence_permit r
    where r.person_id = p.id and not isempty(r.during) order by lower(r.during) desc limit 1) held on true
  join lateral (select min(d) as days from unnest(the_days) d where held.until - d <= the_day) due on due.days is not null
  where held.until >= the_day and held.until - (select max(d) from unnest(the_days) d) <= the_day
    and p.living_area >= (select nullif(current_setting('app.scope', true), '')) and p.living_area < (select nullif(current_setting('app.scope', true), '') || '~')
    and (p.hukou_area is null or not starts_with(p.hukou_area, the_home))
    and not exists (select from cases.case c where c.applicant_id = p.id and c.matter_code = the_matter and c.open and c.status <> 'decided')
  on conflict do nothing
  returning person_id, permit_until, days $$;
revoke all on function cases.remind_permits(date, int[], text, text, timestamptz) from public;
grant execute on function cases.remind_permits(date, int[], text, text, timestamptz) to app_system;

-- Whether each reminder was made and reached her: read in her inbox, or delivered to her phone or mail.
create function cases.was_reminded(the_person uuid, the_until date, the_days int[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from people.person p where p.id = the_person
      and p.living_area >= (select nullif(current_setting('app.scope', true), '')) and p.living_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    and not exists (select from unnest(the_days) d where not exists (
      select from cases.permit_reminder r join messages.message m on m.person_id = r.person_id and m.kind = 'permit_ending' and m.made_at = r.told_at
      where r.person_id = the_person and r.permit_until = the_until and r.days = d
        and (m.read_at is not null or exists (select from messages.dispatch s where s.message_id = m.id and s.delivered_at is not null)))) $$;
revoke all on function cases.was_reminded(uuid, date, int[]) from public;
grant execute on function cases.was_reminded(uuid, date, int[]) to app_staff;
