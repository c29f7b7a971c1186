-- What outsiders see of incidents, and what whoever holds a report's token may say.
create view grid.public_incident as select i.public_id, i.number, i.area, i.class_code, i.level, i.title, i.shown_place, i.shown_lon, i.shown_lat, i.reported_at, i.status, i.round, i.due_at, i.closed_at, i.outcome, i.open,
    i.handled_at, i.word_by
  from grid.incident i where i.shown;
comment on view grid.public_incident is 'No words of a reporter, no exact place, nobody''s name: only incidents that an officer has cleared to be shown';
grant select on grid.public_incident to app_public, app_resident, app_staff;

-- Whoever added her voice holds a token too: she hears of it. The word on whether it is solved is that of who reported it first.
create function grid.is_reporters(the_report uuid, the_incident uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select the_report = (select f.id from grid.report f where f.incident_id = the_incident order by f.reported_at, f.id limit 1) $$;
revoke all on function grid.is_reporters(uuid, uuid) from public;
-- The report that a token belongs to, with what its reporter may know.
create function grid.report_of_token(the_token uuid) returns table (report_id uuid, incident_id uuid, sealed bytea, reported_at timestamptz, public_id uuid, number text, area text, class_code text, title text, shown_place text,
  status text, round int, due_at timestamptz, due_provisional boolean, stage_due_at timestamptz, handled_at timestamptz, was_late boolean, word_by timestamptz, closed_at timestamptz, outcome text, seq int, parent_number text, shown boolean, own boolean, early boolean, said_again_sealed bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.id, m.id, r.sealed, r.reported_at, m.public_id, i.number, m.area, m.class_code, m.title, m.shown_place, m.status, m.round, m.due_at, m.due_provisional, m.stage_due_at, m.handled_at, m.was_late, m.word_by, m.closed_at, m.outcome, m.seq,
    case when m.id <> i.id then m.number end, m.shown, grid.is_reporters(r.id, r.incident_id), r.reported_at < coalesce(m.handled_at, m.closed_at), r.said_again_sealed
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.incident m on m.id = coalesce(i.parent_id, i.id) where r.token = the_token $$;
-- Facts without what officers note among themselves: the reason where one is owed, and nothing else.
create function grid.course_of_token(the_token uuid) returns table (seq int, fact text, payload jsonb, recorded_at timestamptz, organisation_name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.seq, t.fact, jsonb_strip_nulls(jsonb_build_object('reason', case when t.fact <> 'reopened' and grid.is_reporters(r.id, r.incident_id) then t.payload->'reason' end, 'how', t.payload->'how', 'until', t.payload->'until', 'unit', t.payload->'unitName')), t.recorded_at, o.organisation_name
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.timeline t on t.incident_id = coalesce(i.parent_id, i.id)
    left join access.officer_of_post o on o.post_id = t.post_id
  where r.token = the_token order by t.seq $$;
create function grid.incident_of_public_id(the_id uuid) returns table (id uuid, area text, class_code text, open boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.area, m.class_code, m.open from grid.incident i join grid.incident m on m.id = coalesce(i.parent_id, i.id) where i.public_id = the_id and m.shown $$;
/*
 * A reporter says that it is solved, or that it is not. Only a holder of a token, only of what waits for her word or ended
 * within the days of the pack; state and timeline together, as officers' acts do them. That it is solved says who reported it
 * first; that it is not, whoever reported it before it was said to be done. What she begins anew has a period of its own: the caller works
 * it out in working time, for each status and level that the word may find, and the database holds it to what can be. Her words are sealed
 * beside her report, and her name stands on no timeline.
 */
create function grid.reporter_says(the_token uuid, says text, the_words_sealed bytea, since timestamptz, the_time timestamptz, the_due jsonb) returns table (the_incident uuid, the_status text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare m grid.incident; r grid.report; own boolean; new_status text; written text; due timestamptz;
  -- A caller's clock cannot make an old case young: what was reported last, anywhere, tells that it is at least so late. Found by its index.
  newest timestamptz := (select i.reported_at from grid.incident i where i.shown order by i.reported_at desc limit 1);
  earliest timestamptz := greatest(since, greatest(the_time, newest) - interval '365 days');
begin
  select x.* into m from grid.report o join grid.incident i on i.id = o.incident_id join grid.incident x on x.id = coalesce(i.parent_id, i.id) where o.token = the_token for update of x;
  if m.id is null then return; end if;
  select o.* into r from grid.report o where o.token = the_token;
  -- Nor does anything happen before what happened before.
  the_time := greatest(the_time, (select t.recorded_at from grid.timeline t where t.incident_id = m.id and t.seq = m.seq));
  written := to_char(the_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  own := grid.is_reporters(r.id, r.incident_id);
  if says = 'solved' then
    if not own or (m.status <> 'checked' and not (m.status = 'closed' and m.outcome = 'unconfirmed' and m.closed_at >= earliest)) then return query select m.id, null::text; return; end if;
    update grid.incident set status = 'closed', outcome = 'confirmed', closed_at = the_time, stage_due_at = null, word_by = null, seq = m.seq + 1 where id = m.id;
    new_status := 'closed';
  elsif says = 'not_solved' then
    if not (own or coalesce(r.reported_at < coalesce(m.handled_at, m.closed_at), false))
      or not (m.status = 'checked' or (m.status in ('closed', 'not_filed', 'void') and m.closed_at >= earliest)) then return query select m.id, null::text; return; end if;
    new_status := case when m.filed_by is null then 'reported' else 'filed' end;
    -- Never before her word, and never so far off that nobody need begin.
    due := least(greatest((the_due->new_status->>m.level)::timestamptz, the_time), the_time + interval '30 days');
    update grid.incident set status = new_status, round = m.round + 1, outcome = null, closed_at = null, handled_at = null, checked_at = null, handled_by = null, dispatched_by = null, unit_id = null, word_by = null, due_at = null, due_provisional = false,
      stage_due_at = due, extension = null, pauses = '[]', seq = m.seq + 1 where id = m.id;
    update grid.report set said_again_sealed = the_words_sealed where id = r.id;
  else return; end if;
  insert into grid.timeline (incident_id, seq, fact, payload, actor_kind, recorded_at, effective_at)
    values (m.id, m.seq + 1, case says when 'solved' then 'confirmed' else 'reopened' end,
      case says when 'solved' then jsonb_build_object('at', written) else jsonb_build_object('to', new_status, 'at', written, 'stageDueAt', to_char(due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end,
      'public', the_time, the_time);
  return query select m.id, new_status;
end $$;
revoke all on function grid.report_of_token(uuid), grid.course_of_token(uuid), grid.incident_of_public_id(uuid), grid.reporter_says(uuid, text, bytea, timestamptz, timestamptz, jsonb) from public;
grant execute on function grid.report_of_token(uuid), grid.course_of_token(uuid), grid.incident_of_public_id(uuid) to app_public, app_resident, app_staff;
grant execute on function grid.reporter_says(uuid, text, bytea, timestamptz, timestamptz, jsonb) to app_public, app_resident;

-- Files of a report belong to no case and no draft.
alter table documents.file add column report_id uuid;
comment on column documents.file.report_id is 'Of a photo of an incident: its report or its act';
create index file_of_report on documents.file (report_id) where report_id is not null;
create policy file_of_report_in_view on documents.file for select to app_staff, app_system using (report_id is not null and exists (select from grid.photo p where p.file_id = file.id and p.report_id is not distinct from file.report_id));
create policy file_of_own_report on documents.file for select to app_resident using (report_id is not null and exists (select from grid.photo p where p.file_id = file.id and p.report_id = file.report_id));
create policy file_with_report on documents.file for insert to app_resident, app_public, app_staff with check (report_id is not null and case_id is null and draft_id is null and person_id is null
  and account_id is not distinct from (select nullif(current_setting('app.account', true), '')));
grant insert on documents.file to app_public;

-- Whom an incident can be sent to: public knowledge, and no app role reads the table of organisations.
create view grid.unit as select o.id, o.name, o.area, o.kind from access.organisation o where o.kind in ('street_office', 'bureau', 'unit');
comment on view grid.unit is '处置单位: organisations that handle incidents';
grant select on grid.unit to app_staff, app_system;
