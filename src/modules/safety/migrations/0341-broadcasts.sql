-- 发布: what an area is told in plain words, until when. A text is never changed: a correction is another text that takes its place.
create table safety.broadcast (
  id uuid primary key, area text collate "C" not null references areas.area, kind text not null, colour text,
  headline text not null check (char_length(headline) between 1 and 60), body text not null check (char_length(body) between 1 and 600),
  headline_en text check (char_length(headline_en) <= 120), body_en text check (char_length(body_en) <= 1500),
  issuer text not null default '', issuer_number text not null default '', ends_at timestamptz not null,
  corrects uuid references safety.broadcast,
  drafted_at timestamptz not null, drafted_by uuid not null references access.post, drafter_id uuid not null references access.officer,
  status text not null default 'draft' check (status in ('draft', 'dropped', 'issued', 'corrected', 'withdrawn')),
  issued_at timestamptz, issued_by uuid references access.post, issuer_id uuid references access.officer check (issuer_id <> drafter_id),
  ended_at timestamptz, ended_by uuid references access.post, ended_why text check (char_length(ended_why) <= 500),
  constraint issued_by_somebody check ((status in ('draft', 'dropped')) = (issued_at is null) and num_nulls(issued_at, issued_by, issuer_id) in (0, 3)),
  constraint ended_by_somebody check ((status in ('dropped', 'corrected', 'withdrawn')) = (ended_at is not null) and num_nulls(ended_at, ended_by) in (0, 2)));
comment on table safety.broadcast is '预警和提醒: what an area was told, drafted by one and issued by another; a text never changes';
create unique index corrected_once on safety.broadcast (corrects) where status in ('issued', 'corrected', 'withdrawn');
create index broadcasts_in_area on safety.broadcast (area, drafted_at desc);
create index broadcasts_shown on safety.broadcast (ends_at) where issued_at is not null;
alter table safety.broadcast enable row level security;
create policy in_her_area on safety.broadcast for select to app_staff using (
  (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  or starts_with((select nullif(current_setting('app.scope', true), '')), area));
create policy drafted_in_scope on safety.broadcast for insert to app_staff with check (
  status = 'draft' and drafted_by = (select nullif(current_setting('app.post', true), ''))::uuid
  and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'));
create policy decided_in_scope on safety.broadcast for update to app_staff using (
  status in ('draft', 'issued') and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))
  with check (coalesce(ended_by, issued_by) = (select nullif(current_setting('app.post', true), ''))::uuid);
grant select, insert (id, area, kind, colour, headline, body, headline_en, body_en, issuer, issuer_number, ends_at, corrects, drafted_at, drafted_by, drafter_id),
  update (status, issued_at, issued_by, issuer_id, ended_at, ended_by, ended_why) on safety.broadcast to app_staff;

-- What everybody may read: what was issued, for a day longer than it holds, and that it was corrected or withdrawn. Definer: the
-- public has no area. No officer's name is among it.
create function safety.shown_broadcasts(at timestamptz) returns table (id uuid, area text, kind text, colour text, headline text, body text, headline_en text,
  body_en text, issuer text, issuer_number text, issued_at timestamptz, ends_at timestamptz, status text, ended_at timestamptz, corrects uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.id, b.area, b.kind, b.colour, b.headline, b.body, b.headline_en, b.body_en, b.issuer, b.issuer_number, b.issued_at, b.ends_at, b.status, b.ended_at, b.corrects
  from safety.broadcast b where b.issued_at is not null and b.issued_at <= at and least(b.ends_at, coalesce(b.ended_at, b.ends_at)) > at - interval '1 day'
  order by b.issued_at desc, b.id desc limit 200
$$;
revoke all on function safety.shown_broadcasts(timestamptz) from public;
grant execute on function safety.shown_broadcasts(timestamptz) to app_public, app_resident, app_staff;
