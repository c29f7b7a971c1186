-- What a reporter's word begins anew has a period of its own: the caller works it out in working time, for each status and level that the
-- word may find, and the database holds it to what can be. Before, the round was overdue in the second in which she spoke.
drop function grid.reporter_says(uuid, text, bytea, timestamptz, timestamptz);
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
revoke all on function grid.reporter_says(uuid, text, bytea, timestamptz, timestamptz, jsonb) from public;
grant execute on function grid.reporter_says(uuid, text, bytea, timestamptz, timestamptz, jsonb) to app_public, app_resident;

-- Those that were reopened before stood with the time of the word as their date: their timeline says the same as their row.
update grid.timeline set payload = payload || jsonb_build_object('stageDueAt', payload->'at') where fact = 'reopened' and not payload ? 'stageDueAt';
