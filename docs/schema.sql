-- Schemas

create schema access;
comment on schema access is NULL;
create schema areas;
comment on schema areas is NULL;
create schema auth;
comment on schema auth is 'Accounts, sessions and what guards sign-in. Only the server''s own login role reads it; no role of a request does.';
create schema care;
comment on schema care is NULL;
create schema cases;
comment on schema cases is NULL;
create schema coordination;
comment on schema coordination is NULL;
create schema documents;
comment on schema documents is NULL;
create schema grid;
comment on schema grid is NULL;
create schema hazards;
comment on schema hazards is NULL;
create schema matters;
comment on schema matters is NULL;
create schema messages;
comment on schema messages is NULL;
create schema outreach;
comment on schema outreach is NULL;
create schema people;
comment on schema people is NULL;
create schema platform;
comment on schema platform is NULL;
create schema retention;
comment on schema retention is NULL;
create schema safety;
comment on schema safety is NULL;

-- Functions

CREATE OR REPLACE FUNCTION access.accept_invitation(the_hash bytea, at timestamp with time zone, new_officer uuid, the_account text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare i access.invitation;
begin
  select * into i from access.invitation where token_hash = the_hash and used_at is null and withdrawn_at is null and expires_at > at for update;
  if not found then return false; end if;
  insert into access.officer (id, account_id, name, number, organisation_id, recorded_at)
    values (new_officer, the_account, i.name, i.number, i.organisation_id, at) on conflict do nothing;
  if not found then return false; end if;
  update access.invitation set used_at = at, officer_id = new_officer where id = i.id;
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION access.acting(the_role text)
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.id from access.post p where p.id = nullif(current_setting('app.post', true), '')::uuid and p.role = the_role and access.works(p.id) $function$
;
CREATE OR REPLACE FUNCTION access.acts_in(the_areas text[], since timestamp with time zone, until timestamp with time zone, before_at timestamp with time zone, before_id uuid, the_post uuid, the_operation text, most integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, operation text, outcome text, post_id uuid, role text, officer_name text, officer_number text, object_id text, about_person boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('audit-administrator');
  return query select a.id, a.at, a.operation, a.outcome, a.post_id, p.role, coalesce(o.name, d.name), coalesce(o.number, d.number),
      case when a.object_mark is null then a.object_id end, a.object_mark is not null
    from platform.audit a
      left join access.post p on p.id = a.post_id left join access.officer o on o.id = p.officer_id
      left join access.officer d on a.post_id is null and d.account_id = a.account_id left join access.organisation g on g.id = d.organisation_id
    where a.at >= since and a.at < until and (before_at is null or (a.at, a.id) < (before_at, before_id))
      and access.in_reach(coalesce(p.scope, g.area)) and exists (select from unnest(the_areas) x where starts_with(coalesce(p.scope, g.area), x))
      and (the_post is null or a.post_id = the_post) and (the_operation is null or a.operation = the_operation)
    order by a.at desc, a.id desc limit least(most, 5001);
end $function$
;
CREATE OR REPLACE FUNCTION access.add_organisation(new_id uuid, the_name text, the_kind text, the_area text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  if not access.in_reach(the_area) then return false; end if;
  insert into access.organisation (id, name, kind, area, recorded_at) values (new_id, the_name, the_kind, the_area, at);
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION access.administrator_kind(the_officer uuid, on_day date)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.role from access.post p where p.officer_id = the_officer and p.ended_at is null and (p.valid_to is null or p.valid_to >= on_day)
    and p.role in ('system-administrator', 'security-administrator', 'audit-administrator') order by p.valid_from, p.id limit 1 $function$
;
CREATE OR REPLACE FUNCTION access.approver_for(kind text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case when kind in ('system-administrator', 'security-administrator') then 'audit-administrator' else 'security-administrator' end $function$
;
CREATE OR REPLACE FUNCTION access.area_of_officer(the_officer uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.acting_administrator();
  return (select g.area from access.officer o join access.organisation g on g.id = o.organisation_id where o.id = the_officer and access.in_reach(g.area));
end $function$
;
CREATE OR REPLACE FUNCTION access.can_undo_binding(the_digest text, the_account text, not_before timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select bound_at from access.person_account
    where (undo_digest = the_digest or account_id = the_account) and ended_at is null and bound_at > not_before $function$
;
CREATE OR REPLACE FUNCTION access.changes_in(at timestamp with time zone, on_day date)
 RETURNS TABLE(id uuid, kind text, officer_id uuid, officer_name text, officer_number text, organisation text, area text, with_password boolean, why text, proposed_by text, proposed_at timestamp with time zone, expires_at timestamp with time zone, outcome text, decided_by text, decided_at timestamp with time zone, reason text, own boolean, mine boolean, decider text, link_waits boolean, link_until timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting access.post := access.acting_administrator();
begin
  return query select r.id, r.kind, r.officer_id, o.name, o.number, g.name, g.area, r.with_password, r.why, b.officer_name, r.proposed_at, r.expires_at,
      r.outcome, d.officer_name, r.decided_at, r.reason, access.bars_decision(r, acting.id) is not distinct from 'own' or r.officer_id = acting.officer_id or q.officer_id = acting.officer_id,
      q.officer_id = acting.officer_id, access.approver_for(access.administrator_kind(o.id, on_day)),
      coalesce(r.outcome = 'approved' and r.decided_at + interval '7 days' > at and f.account_id is not null, false), f.expires_at
    from access.proposal r join access.officer o on o.id = r.officer_id join access.organisation g on g.id = o.organisation_id
      join access.officer_of_post b on b.post_id = r.proposed_by join access.post q on q.id = r.proposed_by
      left join access.officer_of_post d on d.post_id = r.decided_by left join auth.factor_reset f on f.account_id = o.account_id::uuid and f.proposal_id = r.id
    where r.kind <> 'post' and access.in_reach(r.scope) order by r.outcome nulls first, r.proposed_at desc, r.id limit 200;
end $function$
;
CREATE OR REPLACE FUNCTION access.claim_first(the_hash bytea, not_before timestamp with time zone, at timestamp with time zone, organisation uuid, officer uuid, post uuid, the_account text, the_name text, the_area text, lines text[], today date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update access.first_administrator set used_at = at where token_hash = the_hash and used_at is null and made_at > not_before;
  if not found or exists (select from access.officer) then return false; end if;
  insert into access.organisation (id, name, kind, area, recorded_at) values (organisation, the_name, 'bureau', the_area, at);
  insert into access.officer (id, account_id, name, number, organisation_id, recorded_at) values (officer, the_account, the_name, '0001', organisation, at);
  insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at)
    values (post, officer, organisation, 'system-administrator', array[the_area], the_area, lines, today, at);
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION access.covers(wide text[], narrow text[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select not exists (select from unnest(narrow) n where not exists (select from unnest(wide) w where starts_with(n, w))) $function$
;
CREATE OR REPLACE FUNCTION access.decide_change(the_proposal uuid, approved boolean, the_reason text, at timestamp with time zone, on_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting access.post;
  bar text;
  r access.proposal;
  o access.officer;
begin
  perform access.one_after_the_other();
  acting := access.acting_administrator();
  select * into r from access.proposal where id = the_proposal and kind <> 'post' and access.in_reach(scope) for update;
  if not found then return 'missing'; end if;
  bar := access.bars_decision(r, acting.id);
  if bar is not null then return bar; end if;
  if r.expires_at <= at then return 'expired'; end if;
  if acting.role <> access.approver_for(access.administrator_kind(r.officer_id, on_day)) then return 'another_kind'; end if;
  if not approved then
    update access.proposal set outcome = 'refused', decided_by = acting.id, decided_at = at, reason = the_reason where id = r.id;
    return 'refused';
  end if;
  if not access.works(r.proposed_by) then return 'proposer_ended'; end if;
  -- What she is may have changed since it was proposed.
  if (select p.role from access.post p where p.id = r.proposed_by) <> access.proposer_for(access.administrator_kind(r.officer_id, on_day)) then return 'another_kind'; end if;
  select * into o from access.officer where id = r.officer_id for update;
  if o.ended_at is not null then return 'officer_ended'; end if;
  if r.kind = 'restart' and o.stopped_at is null then return 'not_stopped'; end if;
  if r.kind = 'stop' and o.stopped_at is not null then return 'stopped'; end if;
  update access.proposal set outcome = 'approved', decided_by = acting.id, decided_at = at, reason = the_reason where id = r.id;
  if r.kind = 'reset' then
    perform auth.take_factors(o.account_id::uuid, r.with_password, r.id), access.note(o.id, 'factors_taken', at, acting.id, r.why);
  elsif r.kind = 'stop' then
    perform access.do_stop(o, r.why, at, acting.id);
  else
    update access.officer set stopped_at = null, stopped_by = null, stopped_why = null where id = o.id;
    perform auth.restart(o.account_id::uuid), access.note(o.id, 'restarted', at, acting.id, r.why);
  end if;
  return 'approved';
end $function$
;
CREATE OR REPLACE FUNCTION access.decide_post(the_proposal uuid, approved boolean, the_reason text, new_post uuid, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid := access.must_act('security-administrator');
  bar text;
  r access.proposal;
begin
  select * into r from access.proposal where id = the_proposal and kind = 'post' and access.in_reach(scope) for update;
  if not found then return 'missing'; end if;
  bar := access.bars_decision(r, acting_post);
  if bar is not null then return bar; end if;
  if r.expires_at <= at then return 'expired'; end if;
  if not approved then
    update access.proposal set outcome = 'refused', decided_by = acting_post, decided_at = at, reason = the_reason where id = r.id;
    return 'refused';
  end if;
  -- Two people make a post, and both of them still are who they were.
  if not access.works(r.proposed_by) then return 'proposer_ended'; end if;
  if exists (select from access.officer o where o.id = r.officer_id and o.ended_at is not null) then return 'officer_ended'; end if;
  begin
    insert into access.post (id, officer_id, organisation_id, lent_by, role, areas, scope, domains, valid_from, valid_to, recorded_at)
      values (new_post, r.officer_id, r.organisation_id, r.lent_by, r.role, r.areas, r.scope, r.domains, r.valid_from, r.valid_to, at);
  exception when exclusion_violation then return 'second_kind';
  end;
  update access.proposal set outcome = 'approved', decided_by = acting_post, decided_at = at, reason = the_reason, post_id = new_post where id = r.id;
  return 'approved';
end $function$
;
CREATE OR REPLACE FUNCTION access.end_idle_sessions(the_officer uuid, on_day date)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select auth.end_sessions(o.account_id::uuid) from access.officer o where o.id = the_officer
    and not exists (select from access.post p where p.officer_id = o.id and p.ended_at is null and (p.valid_to is null or p.valid_to >= on_day)) $function$
;
CREATE OR REPLACE FUNCTION access.end_officer(the_officer uuid, the_reason text, at timestamp with time zone, on_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid;
  o access.officer;
begin
  perform access.one_after_the_other();
  acting_post := access.must_act('system-administrator');
  select * into o from access.officer_in_reach(the_officer);
  if not found then return 'missing'; end if;
  if o.ended_at is not null then return 'ended'; end if;
  if o.id = (select q.officer_id from access.post q where q.id = acting_post) then return 'own'; end if;
  if exists (select from access.post p where p.officer_id = o.id and access.is_last_approver(p.id, on_day)) then return 'last_approver'; end if;
  if access.takes_two(o.id, on_day) then return 'takes_two'; end if;
  update access.officer set ended_at = at, ended_by = acting_post, ended_why = the_reason where id = o.id;
  update access.post set ended_at = at, ended_by = acting_post, ended_why = the_reason where officer_id = o.id and ended_at is null;
  perform auth.stop(o.account_id::uuid, at);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION access.end_post(the_post uuid, the_reason text, at timestamp with time zone, on_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid;
  p access.post;
begin
  perform access.one_after_the_other();
  acting_post := access.must_act('system-administrator');
  select * into p from access.post where id = the_post and access.in_reach(scope) for update;
  if not found then return 'missing'; end if;
  if p.ended_at is not null then return 'ended'; end if;
  if p.officer_id = (select q.officer_id from access.post q where q.id = acting_post) then return 'own'; end if;
  if access.is_last_approver(p.id, on_day) then return 'last_approver'; end if;
  if p.role in ('system-administrator', 'security-administrator', 'audit-administrator') and (p.valid_to is null or p.valid_to >= on_day)
    and access.takes_two(p.officer_id, on_day) then return 'takes_two'; end if;
  update access.post set ended_at = at, ended_by = acting_post, ended_why = the_reason where id = p.id;
  perform access.end_idle_sessions(p.officer_id, on_day);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION access.end_sessions(the_officer uuid, the_session uuid, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid := access.must_act('security-administrator');
  o access.officer;
  ended int;
begin
  select * into o from access.officer_in_reach(the_officer);
  if not found then return null; end if;
  if the_session is null then
    ended := auth.end_sessions(o.account_id::uuid);
  else
    delete from auth."session" where "id" = the_session and "userId" = o.account_id::uuid;
    get diagnostics ended = row_count;
  end if;
  if ended > 0 then perform access.note(o.id, 'sessions_ended', at, acting_post, null); end if;
  return ended;
end $function$
;
CREATE OR REPLACE FUNCTION access.failures_since(since timestamp with time zone)
 RETURNS TABLE(hour timestamp with time zone, how text, failures integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('security-administrator');
  return query select f.hour, f.how, f.failures from auth.sign_in_failure f where f.hour >= since order by f.hour desc, f.how;
end $function$
;
CREATE OR REPLACE FUNCTION access.in_reach(the_area text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(starts_with(the_area, nullif(current_setting('app.scope', true), '')), false) $function$
;
CREATE OR REPLACE FUNCTION access.invitation_of(the_hash bytea, at timestamp with time zone)
 RETURNS TABLE(name text, number text, username text, organisation text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select i.name, i.number, i.username, g.name from access.invitation i join access.organisation g on g.id = i.organisation_id
  where i.token_hash = the_hash and i.used_at is null and i.withdrawn_at is null and i.expires_at > at $function$
;
CREATE OR REPLACE FUNCTION access.invitations_in(at timestamp with time zone)
 RETURNS TABLE(id uuid, name text, number text, username text, organisation text, area text, invited_at timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  return query select i.id, i.name, i.number, i.username, g.name, g.area, i.invited_at, i.expires_at
    from access.invitation i join access.organisation g on g.id = i.organisation_id
    where access.in_reach(g.area) and i.used_at is null and i.withdrawn_at is null and i.expires_at > at - interval '30 days' order by i.invited_at desc, i.id;
end $function$
;
CREATE OR REPLACE FUNCTION access.invite(new_id uuid, the_hash bytea, the_name text, the_number text, the_username text, the_organisation uuid, at timestamp with time zone, until timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting_post uuid := access.must_act('system-administrator');
begin
  if not exists (select from access.organisation g where g.id = the_organisation and access.in_reach(g.area)) then return 'organisation'; end if;
  -- One after the other: of two invitations at once for one number the second is told.
  perform pg_advisory_xact_lock(hashtext('access.invite'));
  if exists (select from access.officer o where o.number = the_number) then return 'number'; end if;
  if exists (select from access.invitation i where i.number = the_number and i.used_at is null and i.withdrawn_at is null and i.expires_at > at) then return 'number'; end if;
  if exists (select from access.invitation i where i.username = the_username and i.used_at is null and i.withdrawn_at is null and i.expires_at > at) then return 'username'; end if;
  insert into access.invitation (id, token_hash, name, number, username, organisation_id, invited_by, invited_at, expires_at)
    values (new_id, the_hash, the_name, the_number, the_username, the_organisation, acting_post, at, until);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION access.is_first_token(the_hash bytea, not_before timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from access.first_administrator where token_hash = the_hash and used_at is null and made_at > not_before)
    and not exists (select from access.officer) $function$
;
CREATE OR REPLACE FUNCTION access.is_last_approver(the_post uuid, on_day date)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from access.post mine where mine.id = the_post and mine.role in ('security-administrator', 'audit-administrator')
      and mine.ended_at is null and (mine.valid_to is null or mine.valid_to >= on_day)
    and not exists (select from access.post p join access.officer o on o.id = p.officer_id where p.role = mine.role and p.officer_id <> mine.officer_id
      and access.covers(p.areas, mine.areas) and p.ended_at is null and o.ended_at is null and o.stopped_at is null
      and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day))) $function$
;
CREATE OR REPLACE FUNCTION access.last_command(the_operation text, at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  return (select max(a.at) from platform.audit a where a.at > last_command.at - interval '100 days' and a.operation = the_operation and a.actor_kind = 'system' and a.outcome = 'done');
end $function$
;
CREATE OR REPLACE FUNCTION access.make_reset_link(the_proposal uuid, the_digest text, at timestamp with time zone, until timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting access.post := access.acting_administrator();
  r access.proposal;
begin
  select p.* into r from access.proposal p join access.post q on q.id = p.proposed_by
    where p.id = the_proposal and p.kind = 'reset' and access.in_reach(p.scope) and q.officer_id = acting.officer_id for update of p;
  if not found then return 'missing'; end if;
  if r.outcome is distinct from 'approved' then return 'undecided'; end if;
  if r.decided_at + interval '7 days' <= at then return 'over'; end if;
  if not auth.link_reset((select o.account_id::uuid from access.officer o where o.id = r.officer_id), r.id, the_digest, until) then return 'over'; end if;
  perform access.note(r.officer_id, 'link_made', at, acting.id, null);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION access.missing_approvers()
 RETURNS SETOF text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting_post uuid := access.must_act('system-administrator');
begin
  return query select k from unnest(array['security-administrator', 'audit-administrator']) k
    where not exists (select from access.post p join access.post mine on mine.id = acting_post where p.role = k and access.works(p.id) and access.covers(p.areas, mine.areas));
end $function$
;
CREATE OR REPLACE FUNCTION access.must_act(the_role text)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare found_post uuid := access.acting(the_role);
begin
  if found_post is null then raise exception 'only a % may do this', the_role using errcode = '42501'; end if;
  return found_post;
end $function$
;
CREATE OR REPLACE FUNCTION access.note(the_officer uuid, the_kind text, at timestamp with time zone, by_post uuid, the_why text)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into access.account_notice (id, officer_id, kind, at, by_post, why) values (gen_random_uuid(), the_officer, the_kind, at, by_post, the_why) $function$
;
CREATE OR REPLACE FUNCTION access.number_proxy()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  of_day text := to_char(new.valid_from, 'YYYYMMDD') || '-W';
begin
  perform pg_advisory_xact_lock(hashtextextended('access.proxy ' || of_day, 0));
  new.number := of_day || lpad((1 + coalesce((select max(substr(x.number, 11)::int) from access.proxy x where x.number like of_day || '%'), 0))::text, 4, '0');
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION access.officers_in()
 RETURNS TABLE(id uuid, name text, number text, organisation_id uuid, organisation text, area text, ended_at timestamp with time zone, ended_by text, ended_why text, stopped_at timestamp with time zone, stopped_by text, stopped_why text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  return query select o.id, o.name, o.number, g.id, g.name, g.area, o.ended_at, e.officer_name, o.ended_why, o.stopped_at, s.officer_name, o.stopped_why
    from access.officer o join access.organisation g on g.id = o.organisation_id
      left join access.officer_of_post e on e.post_id = o.ended_by left join access.officer_of_post s on s.post_id = o.stopped_by
    where access.in_reach(g.area) order by o.ended_at nulls first, o.number;
end $function$
;
CREATE OR REPLACE FUNCTION access.one_after_the_other()
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select pg_advisory_xact_lock(hashtext('access.administrators')) $function$
;
CREATE OR REPLACE FUNCTION access.posts_in()
 RETURNS TABLE(id uuid, officer_id uuid, role text, organisation text, lent_by text, areas text[], domains text[], valid_from date, valid_to date, ended_at timestamp with time zone, ended_by text, ended_why text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  return query select p.id, p.officer_id, p.role, g.name, l.name, p.areas, p.domains, p.valid_from, p.valid_to, p.ended_at, e.officer_name, p.ended_why
    from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
      left join access.organisation h on h.id = o.organisation_id left join access.organisation l on l.id = p.lent_by left join access.officer_of_post e on e.post_id = p.ended_by
    where access.in_reach(p.scope) or access.in_reach(h.area) order by p.valid_from desc, p.id;
end $function$
;
CREATE OR REPLACE FUNCTION access.principal_of(the_proxy uuid, the_day date)
 RETURNS TABLE(principal_id uuid, name text, community_area text, matters text[], valid_to date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select x.principal_id, p.name, case when length(p.living_area) = 12 and not p.safety_flag then p.living_area else '' end, x.matters, x.valid_to
  from access.proxy x join people.person p on p.id = x.principal_id
  where x.id = the_proxy and x.ended_at is null and the_day between x.valid_from and x.valid_to
    and x.proxy_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) $function$
;
CREATE OR REPLACE FUNCTION access.proposals_in()
 RETURNS TABLE(id uuid, officer_id uuid, officer_name text, officer_number text, role text, organisation text, lent_by text, areas text[], domains text[], valid_from date, valid_to date, proposed_by text, proposed_at timestamp with time zone, expires_at timestamp with time zone, outcome text, decided_by text, decided_at timestamp with time zone, reason text, own boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid := coalesce(access.acting('system-administrator'), access.acting('security-administrator'));
  me uuid;
begin
  if acting_post is null then raise exception 'only administrators may do this' using errcode = '42501'; end if;
  select p.officer_id into me from access.post p where p.id = acting_post;
  return query select r.id, r.officer_id, o.name, o.number, r.role, g.name, l.name, r.areas, r.domains, r.valid_from, r.valid_to, b.officer_name, r.proposed_at, r.expires_at,
      r.outcome, d.officer_name, r.decided_at, r.reason,
      r.officer_id = me or (select p.officer_id from access.post p where p.id = r.proposed_by) = me
    from access.proposal r join access.officer o on o.id = r.officer_id join access.organisation g on g.id = r.organisation_id
      left join access.organisation l on l.id = r.lent_by join access.officer_of_post b on b.post_id = r.proposed_by left join access.officer_of_post d on d.post_id = r.decided_by
    where r.kind = 'post' and access.in_reach(r.scope) order by r.outcome nulls first, r.proposed_at desc, r.id limit 200;
end $function$
;
CREATE OR REPLACE FUNCTION access.propose_change(new_id uuid, the_kind text, the_officer uuid, and_password boolean, the_why text, at timestamp with time zone, until timestamp with time zone, on_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting access.post := access.acting_administrator();
  o access.officer;
  home text;
begin
  select * into o from access.officer_in_reach(the_officer);
  if not found then return 'missing'; end if;
  if o.id = acting.officer_id then return 'own'; end if;
  if acting.role <> access.proposer_for(access.administrator_kind(o.id, on_day)) then return 'another_kind'; end if;
  if o.ended_at is not null then return 'ended'; end if;
  if the_kind = 'restart' and o.stopped_at is null then return 'not_stopped'; end if;
  if the_kind = 'stop' and o.stopped_at is not null then return 'stopped'; end if;
  if the_kind = 'stop' and not access.takes_two(o.id, on_day) then return 'takes_one'; end if;
  -- The row of the officer is held: of two proposals at once the second finds the first.
  if exists (select from access.proposal r where r.officer_id = o.id and r.kind = the_kind and r.outcome is null and r.expires_at > at) then return 'waiting'; end if;
  select g.area into home from access.organisation g where g.id = o.organisation_id;
  insert into access.proposal (kind, id, officer_id, scope, why, with_password, expires_at, proposed_by, proposed_at)
    values (the_kind, new_id, o.id, home, the_why, and_password, until, acting.id, at);
  return 'proposed';
end $function$
;
CREATE OR REPLACE FUNCTION access.propose_post(new_id uuid, new_post uuid, the_officer uuid, the_organisation uuid, the_role text, the_areas text[], the_scope text, the_domains text[], first_day date, last_day date, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid := access.must_act('system-administrator');
  home uuid;
  lender uuid;
  kinds constant text[] := array['system-administrator', 'security-administrator', 'audit-administrator'];
begin
  select o.organisation_id into home from access.officer o join access.organisation g on g.id = o.organisation_id
    where o.id = the_officer and o.ended_at is null and access.in_reach(g.area);
  if not found then return 'officer'; end if;
  if the_officer = (select p.officer_id from access.post p where p.id = acting_post) then return 'own'; end if;
  if not exists (select from access.organisation g where g.id = the_organisation and access.in_reach(g.area)) then return 'organisation'; end if;
  if exists (select from unnest(the_areas || the_scope) a where not access.in_reach(a)) then return 'area'; end if;
  if home <> the_organisation then lender := home; end if;
  if lender is not null and last_day is null then return 'lent_without_end'; end if;
  if the_role = any (kinds) and exists (select from access.post p where p.officer_id = the_officer and p.role = any (kinds) and p.role <> the_role
    and p.ended_at is null and daterange(p.valid_from, p.valid_to, '[]') && daterange(first_day, last_day, '[]')) then return 'second_kind'; end if;
  insert into access.proposal (kind, id, officer_id, organisation_id, lent_by, role, areas, scope, domains, valid_from, valid_to, proposed_by, proposed_at, expires_at)
    values ('post', new_id, the_officer, the_organisation, lender, the_role, the_areas, the_scope, the_domains, first_day, last_day, acting_post, at, at + interval '30 days');
  perform pg_advisory_xact_lock(hashtext('access.first'));
  -- The first security administrator of all: nobody can approve yet. There has never been one, so that none can be got rid of to repeat it.
  if the_role = 'security-administrator' and not exists (select from access.post p where p.role = 'security-administrator') then
    insert into access.post (id, officer_id, organisation_id, lent_by, role, areas, scope, domains, valid_from, valid_to, recorded_at)
      values (new_post, the_officer, the_organisation, lender, the_role, the_areas, the_scope, the_domains, first_day, last_day, at);
    update access.proposal set outcome = 'first', decided_at = at, post_id = new_post where id = new_id;
    return 'first';
  end if;
  return 'proposed';
end $function$
;
CREATE OR REPLACE FUNCTION access.proposer_for(kind text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case kind when 'system-administrator' then 'security-administrator' else 'system-administrator' end $function$
;
CREATE OR REPLACE FUNCTION access.proxy_name(the_proxy uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.name from access.proxy x join people.person p on p.id = x.proxy_id
  where x.id = the_proxy and x.principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) $function$
;
CREATE OR REPLACE FUNCTION access.proxy_of_account(the_account text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.name from access.proxy x join access.person_account b on b.person_id = x.proxy_id join people.person p on p.id = x.proxy_id
  where b.account_id = the_account and x.principal_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]) limit 1 $function$
;
CREATE OR REPLACE FUNCTION access.release(the_officer uuid, the_reason text, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid := access.must_act('security-administrator');
  o access.officer;
begin
  select * into o from access.officer_in_reach(the_officer);
  if not found then return 'missing'; end if;
  if o.id = (select p.officer_id from access.post p where p.id = acting_post) then return 'own'; end if;
  delete from auth.sign_in_try where account_id = o.account_id::uuid;
  if not found then return 'free'; end if;
  perform access.note(o.id, 'released', at, acting_post, the_reason);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION access.resident_of(the_account text)
 RETURNS TABLE(person_id uuid, name text, community_area text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select b.person_id, p.name, case when length(p.living_area) = 12 then p.living_area else '' end
  from access.person_account b join people.person p on p.id = b.person_id where b.account_id = the_account and b.ended_at is null $function$
;
CREATE OR REPLACE FUNCTION access.resting_in(the_hashes bytea[], allowed integer, lock_seconds integer, at timestamp with time zone)
 RETURNS TABLE(hash bytea, last_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('security-administrator');
  return query select t.username_hash, t.last_at from auth.sign_in_try t
    where t.tries >= allowed and t.last_at + make_interval(secs => lock_seconds) > at and (t.username_hash = any (the_hashes) or t.what = 'password');
end $function$
;
CREATE OR REPLACE FUNCTION access.same_name(one text, other text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select translate(regexp_replace(lower(normalize(one, NFKC)), '\s', '', 'g'), '•・‧∙⋅ꞏ.', '·······') = translate(regexp_replace(lower(normalize(other, NFKC)), '\s', '', 'g'), '•・‧∙⋅ꞏ.', '·······') $function$
;
CREATE OR REPLACE FUNCTION access.sign_ins_in(at timestamp with time zone, idle_seconds integer)
 RETURNS TABLE(officer_id uuid, name text, number text, organisation text, area text, stopped_at timestamp with time zone, account_id text, username text, sessions jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('security-administrator');
  return query select o.id, o.name, o.number, g.name, g.area, o.stopped_at, o.account_id, u."username",
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'device', s.device, 'firstAt', s.first_at, 'lastAt', s.last_at) order by s.last_at desc)
        from auth.sessions_of(array[o.account_id::uuid], at, make_interval(secs => idle_seconds)) s), '[]')
    from access.officer o join access.organisation g on g.id = o.organisation_id join auth."user" u on u."id" = o.account_id::uuid
    where o.ended_at is null and access.in_reach(g.area) order by o.number;
end $function$
;
CREATE OR REPLACE FUNCTION access.stop_officer(the_officer uuid, the_reason text, at timestamp with time zone, on_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  acting_post uuid;
  o access.officer;
begin
  perform access.one_after_the_other();
  acting_post := access.must_act('system-administrator');
  select * into o from access.officer_in_reach(the_officer);
  if not found then return 'missing'; end if;
  if o.ended_at is not null then return 'ended'; end if;
  if o.stopped_at is not null then return 'stopped'; end if;
  if o.id = (select q.officer_id from access.post q where q.id = acting_post) then return 'own'; end if;
  if access.takes_two(o.id, on_day) then return 'takes_two'; end if;
  perform access.do_stop(o, the_reason, at, acting_post);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION access.take_proxy(the_digest text, the_person uuid, at timestamp with time zone, the_day date)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update access.proxy set proxy_id = the_person, accepted_at = at, code_digest = null
    where code_digest = the_digest and proxy_id is null and ended_at is null and code_until > at and valid_to >= the_day and principal_id <> the_person
      and the_person = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
      and (named is null or access.same_name(named, (select p.name from people.person p where p.id = the_person)))
    returning id $function$
;
CREATE OR REPLACE FUNCTION access.takes_two(the_officer uuid, on_day date)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select access.administrator_kind(the_officer, on_day) is not null and exists (select from access.officer o where o.id = the_officer and o.stopped_at is null) $function$
;
CREATE OR REPLACE FUNCTION access.today()
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select nullif(current_setting('app.day', true), '')::date $function$
;
CREATE OR REPLACE FUNCTION access.undo_binding(the_digest text, the_account text, not_before timestamp with time zone, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update access.person_account set ended_at = at, ended_why = 'undone'
    where (undo_digest = the_digest or account_id = the_account) and ended_at is null and bound_at > not_before
    returning account_id $function$
;
CREATE OR REPLACE FUNCTION access.withdraw_invitation(the_invitation uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting_post uuid := access.must_act('system-administrator');
begin
  update access.invitation i set withdrawn_at = at, withdrawn_by = acting_post from access.organisation g
    where i.id = the_invitation and g.id = i.organisation_id and access.in_reach(g.area) and i.used_at is null and i.withdrawn_at is null;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION access.works(the_post uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from access.post p join access.officer o on o.id = p.officer_id where p.id = the_post and p.ended_at is null and o.ended_at is null and o.stopped_at is null
    and p.valid_from <= access.today() and (p.valid_to is null or p.valid_to >= access.today())) $function$
;
CREATE OR REPLACE FUNCTION auth.end_sessions(the_account uuid)
 RETURNS integer
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with half as (delete from auth.pending_sign_in where account_id = the_account),
    whole as (delete from auth."session" where "userId" = the_account returning 1)
  select count(*)::int from whole $function$
;
CREATE OR REPLACE FUNCTION auth.link_reset(the_account uuid, the_proposal uuid, the_digest text, until timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with made as (update auth.factor_reset set digest = the_digest, expires_at = until where account_id = the_account and proposal_id is not distinct from the_proposal returning 1)
  select exists (select from made) $function$
;
CREATE OR REPLACE FUNCTION auth.restart(the_account uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update auth."user" set stopped_at = null where "id" = the_account $function$
;
CREATE OR REPLACE FUNCTION auth.sessions_of(the_accounts uuid[], at timestamp with time zone, idle interval)
 RETURNS TABLE(id uuid, account_id uuid, device text, first_at timestamp with time zone, last_at timestamp with time zone)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select "id", "userId", "userAgent", "createdAt", "updatedAt" from auth."session"
  where "userId" = any (the_accounts) and "expiresAt" > at and "updatedAt" + idle > at $function$
;
CREATE OR REPLACE FUNCTION auth.stop(the_account uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select auth.end_sessions(the_account);
  update auth."user" set stopped_at = at where "id" = the_account $function$
;
CREATE OR REPLACE FUNCTION auth.take_factors(the_account uuid, and_password boolean, the_proposal uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  delete from auth.totp where account_id = the_account;
  delete from auth.passkey where account_id = the_account;
  delete from auth.recovery_code where account_id = the_account;
  delete from auth.identity_link where account_id = the_account;
  select auth.end_sessions(the_account);
  update auth."account" set "password" = null where and_password and "userId" = the_account and "providerId" = 'credential';
  insert into auth.factor_reset (account_id, with_password, proposal_id) select "id", and_password, the_proposal from auth."user" where "id" = the_account
    on conflict (account_id) do update set with_password = auth.factor_reset.with_password or excluded.with_password, proposal_id = excluded.proposal_id,
      digest = null, expires_at = null $function$
;
CREATE OR REPLACE FUNCTION care.forget_stripped()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  delete from care.view where case_id = new.id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION care.supersede_reports()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update documents.document d set void_at = new.recorded_at, void_why = 'superseded' from care.view v
  where v.case_id = new.case_id and v.round < new.round and d.id = v.document_id and d.case_id = new.case_id and d.kind = 'ability_assessment'
    and d.void_at is null;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION cases.answer_line(the_case uuid, the_outcome text, the_reasons text, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION cases.check_applicants_move()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare good boolean;
begin
  good := case
    when new.status = old.status then
      new.seq = old.seq + 1 and (new.step, new.due_at, new.due_provisional, new.told_due_at, new.correction, new.notice, new.closed_at)
        is not distinct from (old.step, old.due_at, old.due_provisional, old.told_due_at, old.correction, old.notice, old.closed_at)
      and (new.rating is not distinct from old.rating or (old.rating is null and old.status in ('decided', 'closed', 'not_accepted')))
    when new.status = 'withdrawn' then
      old.status in ('received', 'correcting', 'accepted', 'paused') and new.seq in (old.seq + 1, old.seq + 2) and new.step is null and new.due_at is null
      and new.closed_at is not null and (new.told_due_at, new.correction, new.notice - 'takenDown', new.rating)
        is not distinct from (old.told_due_at, old.correction, old.notice - 'takenDown', old.rating)
    when old.status = 'correcting' and new.status = 'received' then
      new.seq = old.seq + 1 and (new.step, new.correction - 'answeredOn', new.notice, new.closed_at, new.rating)
        is not distinct from (old.step, old.correction - 'answeredOn', old.notice, old.closed_at, old.rating)
    else false end;
  if not coalesce(good, false) then
    raise insufficient_privilege using message = format('an applicant does not make a case %s out of %s so', new.status, old.status);
  end if;
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION cases.give_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare for_day date := (new.received_at at time zone 'Asia/Shanghai')::date;
begin
  insert into cases.counter as c (street, day, n) values (new.street, for_day, 1)
  on conflict (street, day) do update set n = c.n + 1
  returning to_char(for_day, 'YYYYMMDD') || '-' || lpad(c.n::text, greatest(4, length(c.n::text)), '0') into new.number;
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION cases.hand_over(the_case uuid, to_area text, to_step text, new_seq integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c cases.case; scope text := nullif(current_setting('app.scope', true), ''); lines text[] := nullif(current_setting('app.domains', true), '')::text[];
begin
  select * into c from cases.case where id = the_case for update;
  if c.id is null or scope is null or lines is null or not (c.domain = any(lines)) or not starts_with(c.handling_area, scope) then
    raise insufficient_privilege using message = 'only who has a case in hand hands it over';
  end if;
  if not (starts_with(c.origin_area, to_area) or to_area = c.origin_area) then
    raise insufficient_privilege using message = 'a case goes to no place that it does not belong to';
  end if;
  if c.seq <> new_seq - 1 then raise insufficient_privilege using message = 'a case is handed over in its turn'; end if;
  update cases.case set handling_area = to_area, step = to_step, seq = new_seq where id = the_case;
end $function$
;
CREATE OR REPLACE FUNCTION cases.link_member(the_member uuid, the_blinds bytea[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update cases.unit_member m set person_id = p.id from people.person p, cases.case c
  where m.id = the_member and m.person_id is null and p.id_number_blind = any(the_blinds) and p.name = m.name and c.id = m.case_id and c.applicant_id <> p.id
    and ((c.status = 'received' and c.seq = 1) or c.status = 'correcting') and (
      c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])
      or (c.domain = any(nullif(current_setting('app.domains', true), '')::text[]) and (
        (c.received_by = nullif(current_setting('app.post', true), '')::uuid and starts_with(c.origin_area, nullif(current_setting('app.scope', true), '')))
        or (c.status = 'correcting' and nullif(current_setting('app.post', true), '') is not null
          and starts_with(c.handling_area, nullif(current_setting('app.scope', true), '')))))) $function$
;
CREATE OR REPLACE FUNCTION cases.object_to(the_notice uuid, new_id uuid, the_sealed bytea, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare found_case uuid; next int; the_account text := nullif(current_setting('app.account', true), ''); who uuid[] := nullif(current_setting('app.subjects', true), '')::uuid[];
begin
  if the_account is null or cardinality(who) is distinct from 1 then return null; end if;
  select n.case_id into found_case from cases.notice n where n.id = the_notice and n.area = nullif(current_setting('app.scope', true), '');
  select c.seq + 1 into next from cases.case c where c.id = found_case for update;
  if not exists (select from cases.notice n where n.id = the_notice and n.case_id = found_case and n.taken_down_at is null) then return null; end if;
  insert into cases.objection (id, notice_id, case_id, account_id, person_id, sealed, made_at)
    values (new_id, the_notice, found_case, the_account, who[1], the_sealed, at) on conflict (notice_id, account_id) do nothing;
  if not found then return 'already'; end if;
  update cases.case set seq = next where id = found_case;
  insert into cases.timeline (case_id, seq, fact, payload, actor_kind, recorded_at, effective_at)
    values (found_case, next, 'objected', jsonb_build_object('noticeId', the_notice), 'neighbour', at, at);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION cases.posts_over(the_area text, the_domain text, on_day date)
 RETURNS TABLE(officer_id uuid, number text, name text, organisation text, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select o.id, o.number, o.name, g.name, p.role from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
  where the_area = any(p.areas) and the_domain = any(p.domains) and o.ended_at is null and p.ended_at is null and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day)
    and starts_with(the_area, nullif(current_setting('app.scope', true), '')) and the_domain = any(nullif(current_setting('app.domains', true), '')::text[])
  order by o.name, o.number $function$
;
CREATE OR REPLACE FUNCTION cases.remind_permits(the_day date, the_days integer[], the_matter text, the_home text, the_instant timestamp with time zone)
 RETURNS TABLE(person_id uuid, permit_until date, days integer)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
  returning person_id, permit_until, days $function$
;
CREATE OR REPLACE FUNCTION cases.still_asks(the_member uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from cases.unit_member m join cases.case c on c.id = m.case_id
    where m.id = the_member and m.person_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])
      and c.status in ('received', 'correcting', 'accepted', 'paused')) $function$
;
CREATE OR REPLACE FUNCTION cases.take_down_own(the_case uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update cases.notice n set taken_down_at = at where n.case_id = the_case and n.taken_down_at is null
    and exists (select from cases.case c where c.id = the_case and c.status = 'withdrawn' and c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[])) $function$
;
CREATE OR REPLACE FUNCTION cases.was_reminded(the_person uuid, the_until date, the_days integer[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from people.person p where p.id = the_person
      and p.living_area >= (select nullif(current_setting('app.scope', true), '')) and p.living_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    and not exists (select from unnest(the_days) d where not exists (
      select from cases.permit_reminder r join messages.message m on m.person_id = r.person_id and m.kind = 'permit_ending' and m.made_at = r.told_at
      where r.person_id = the_person and r.permit_until = the_until and r.days = d
        and (m.read_at is not null or exists (select from messages.dispatch s where s.message_id = m.id and s.delivered_at is not null)))) $function$
;
CREATE OR REPLACE FUNCTION coordination.figures_of(the_area text, at timestamp with time zone)
 RETURNS TABLE(area text, open integer, late integer, deciding integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select w.area, count(*)::int, (count(*) filter (where w.due_at < at))::int, (count(*) filter (where w.decision_wanted))::int
  from coordination.whistle w where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and w.area >= the_area and w.area < the_area || '~' and w.open group by w.area $function$
;
CREATE OR REPLACE FUNCTION coordination.give_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare the_day date := (new.blown_at at time zone 'Asia/Shanghai')::date; the_n int;
begin
  insert into coordination.counter (street, day, n) values (new.street, the_day, 1)
    on conflict (street, day) do update set n = counter.n + 1 returning n into the_n;
  new.number := 'S' || to_char(the_day, 'YYYYMMDD') || '-' || lpad(the_n::text, greatest(4, length(the_n::text)), '0');
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION documents.check_document(the_document uuid)
 RETURNS TABLE(id uuid, kind text, number text, matter_code text, issued_at timestamp with time zone, void_at timestamp with time zone, sha256 bytea, signature bytea, issuer text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.id, d.kind, d.number, d.matter_code, d.issued_at, d.void_at, f.sha256, p.signature, d.issuer
  from documents.document d left join documents.print p on p.document_id = d.id left join documents.file f on f.id = p.file_id where d.id = the_document $function$
;
CREATE OR REPLACE FUNCTION documents.document_of_bytes(the_hash bytea)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.id from documents.document d join documents.print p on p.document_id = d.id join documents.file f on f.id = p.file_id where f.sha256 = the_hash order by d.issued_at, d.id limit 1 $function$
;
CREATE OR REPLACE FUNCTION documents.erasable(marked_before timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  select f.id from documents.file f where f.removed_at < marked_before order by f.removed_at limit 1000 $function$
;
CREATE OR REPLACE FUNCTION documents.named_nowhere(stored_names text[])
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select name from unnest(stored_names) name where not exists (select from documents.file f where f.stored_name = name)
    and not exists (select from documents.derivative d where d.stored_name = name) $function$
;
CREATE OR REPLACE FUNCTION documents.next_number(the_case uuid, for_organ text, for_kind text, for_year integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into documents.counter as n (organ, kind, year, n) select for_organ, for_kind, for_year, 1 from cases.case c
  where c.id = the_case and starts_with(c.street, split_part(for_organ, ' ', 1)) and (
    (c.applicant_id = any(nullif(current_setting('app.subjects', true), '')::uuid[]) and (
      (for_kind = 'receipt' and c.status = 'received' and c.seq = 1) or (for_kind = 'withdrawal' and c.status in ('received', 'correcting', 'accepted', 'paused'))))
    or (c.domain = any(nullif(current_setting('app.domains', true), '')::text[]) and (
      starts_with(c.handling_area, nullif(current_setting('app.scope', true), ''))
      or (c.seq = 1 and c.received_by = nullif(current_setting('app.post', true), '')::uuid))))
  on conflict (organ, kind, year) do update set n = n.n + 1 returning n.n $function$
;
CREATE OR REPLACE FUNCTION documents.print_again(the_document uuid, the_areas text[], at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  update documents.print_failure f set next_at = at from documents.document d join cases.case c on c.id = d.case_id
    where f.document_id = the_document and d.id = f.document_id and not exists (select from documents.print p where p.document_id = d.id)
      and (access.in_reach(c.handling_area) or access.in_reach(c.origin_area))
      and exists (select from unnest(the_areas) own where starts_with(c.handling_area, own) or starts_with(c.origin_area, own));
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION documents.signature_of(the_document uuid)
 RETURNS TABLE(number text, signature bytea, key_id text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.number, p.signature, p.key_id from documents.document d join documents.print p on p.document_id = d.id where d.id = the_document $function$
;
CREATE OR REPLACE FUNCTION documents.take_back(the_draft uuid, the_file uuid, at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with gone as (update documents.file f set removed_at = at, removed_by = 'applicant' where f.draft_id = the_draft and (the_file is null or f.id = the_file)
    and f.case_id is null and f.removed_at is null and f.account_id = nullif(current_setting('app.account', true), '')
    and not exists (select from documents.material m where m.file_id = f.id) returning 1)
  select count(*)::int from gone $function$
;
CREATE OR REPLACE FUNCTION documents.unprinted_in(the_areas text[])
 RETURNS TABLE(id uuid, kind text, waiting_since timestamp with time zone, attempts integer, last_at timestamp with time zone, next_at timestamp with time zone, fault text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  return query select d.id, d.kind, d.issued_at, f.attempts, f.last_at, f.next_at, f.reason
    from documents.print_failure f join documents.document d on d.id = f.document_id join cases.case c on c.id = d.case_id
    where not exists (select from documents.print p where p.document_id = d.id) and (access.in_reach(c.handling_area) or access.in_reach(c.origin_area))
      and exists (select from unnest(the_areas) own where starts_with(c.handling_area, own) or starts_with(c.origin_area, own))
    order by d.issued_at, d.id limit 500;
end $function$
;
CREATE OR REPLACE FUNCTION grid.api_key_of(the_hash bytea, used_on date)
 RETURNS TABLE(id uuid, per_minute integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update grid.api_key k set last_used_on = used_on where k.key_hash = the_hash and k.ended_at is null and (k.last_used_on is null or k.last_used_on < used_on);
  return query select k.id, k.per_minute from grid.api_key k where k.key_hash = the_hash and k.ended_at is null;
end $function$
;
CREATE OR REPLACE FUNCTION grid.api_keys()
 RETURNS TABLE(id uuid, area text, name text, keeper text, per_minute integer, made_at timestamp with time zone, last_used_on date, ended_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform access.must_act('system-administrator');
  return query select k.id, k.area, k.name, k.keeper, k.per_minute, k.made_at, k.last_used_on, k.ended_at from grid.api_key k where access.in_reach(k.area) order by k.made_at desc, k.id;
end $function$
;
CREATE OR REPLACE FUNCTION grid.course_of_public_id(the_id uuid)
 RETURNS TABLE(seq integer, fact text, how text, unit text, recorded_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select row_number() over (order by x.theirs, x.seq)::int, x.fact, x.how, x.unit, x.recorded_at from (
    select false as theirs, t.seq, t.fact, t.payload->>'how' as how, t.payload->>'unitName' as unit, t.recorded_at
      from grid.incident i join grid.timeline t on t.incident_id = i.id where i.public_id = the_id and i.shown
    union all select true, t.seq, t.fact, t.payload->>'how', t.payload->>'unitName', t.recorded_at
      from grid.incident i join grid.incident p on p.id = i.parent_id and p.shown join grid.timeline t on t.incident_id = p.id
      where i.public_id = the_id and i.shown and t.recorded_at > i.closed_at) x
  where x.fact not in ('hidden', 'shown') order by 1 $function$
;
CREATE OR REPLACE FUNCTION grid.course_of_token(the_token uuid)
 RETURNS TABLE(seq integer, fact text, payload jsonb, recorded_at timestamp with time zone, organisation_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select t.seq, t.fact, jsonb_strip_nulls(jsonb_build_object('reason', case when t.fact <> 'reopened' and grid.is_reporters(r.id, r.incident_id) then t.payload->'reason' end, 'how', t.payload->'how', 'until', t.payload->'until', 'unit', t.payload->'unitName')), t.recorded_at, o.organisation_name
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.timeline t on t.incident_id = coalesce(i.parent_id, i.id)
    left join access.officer_of_post o on o.post_id = t.post_id
  where r.token = the_token and t.fact not in ('hidden', 'shown') order by t.seq $function$
;
CREATE OR REPLACE FUNCTION grid.drop_photo(the_photo uuid, the_time timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with gone as (delete from grid.photo p where p.id = the_photo and p.incident_id is null returning p.file_id),
    marked as (update documents.file f set removed_at = the_time, removed_by = 'reporter' from gone where f.id = gone.file_id returning 1)
  select exists (select from marked) $function$
;
CREATE OR REPLACE FUNCTION grid.end_api_key(the_key uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting_post uuid := access.must_act('system-administrator');
begin
  update grid.api_key k set ended_at = at, ended_by = acting_post where k.id = the_key and access.in_reach(k.area) and k.ended_at is null;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION grid.figures_of(the_area text, at timestamp with time zone)
 RETURNS TABLE(area text, open integer, late integer, confirmed integer, checked integer, unconfirmed integer, not_solved integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select i.area, (count(*) filter (where i.open))::int, (count(*) filter (where i.open and i.handled_at is null and i.due_at < at))::int,
    (count(*) filter (where i.outcome = 'confirmed'))::int, (count(*) filter (where i.outcome = 'checked'))::int, (count(*) filter (where i.outcome = 'unconfirmed'))::int,
    (count(*) filter (where i.outcome = 'not_solved'))::int
  from grid.incident i where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and i.area >= the_area and i.area < the_area || '~'
    and (i.open or (i.outcome is not null and i.closed_at >= at - interval '30 days')) group by i.area $function$
;
CREATE OR REPLACE FUNCTION grid.give_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare the_day date := (new.reported_at at time zone 'Asia/Shanghai')::date; the_n int;
begin
  insert into grid.counter (street, day, n) values (new.street, the_day, 1)
    on conflict (street, day) do update set n = counter.n + 1 returning n into the_n;
  new.number := 'W' || to_char(the_day, 'YYYYMMDD') || '-' || lpad(the_n::text, greatest(4, length(the_n::text)), '0');
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION grid.give_photos_of_act(the_incident uuid, the_seq integer, the_photos uuid[])
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with given as (update grid.photo p set incident_id = i.id, left_by = null, street = i.street, fact_seq = the_seq from grid.incident i where i.id = the_incident and p.id = any(the_photos) and p.incident_id is null
    and access.in_reach(i.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) returning 1)
  select count(*)::int from given $function$
;
CREATE OR REPLACE FUNCTION grid.give_photos(the_token uuid, the_photos uuid[], said timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with given as (update grid.photo p set report_id = r.id, incident_id = r.incident_id, left_by = null, street = i.street, said_at = said from grid.report r join grid.incident i on i.id = r.incident_id
    where r.token = the_token and p.id = any(the_photos) and p.incident_id is null returning 1)
  select count(*)::int from given $function$
;
CREATE OR REPLACE FUNCTION grid.hidden_parent(the_child uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.number from grid.incident c join grid.incident p on p.id = c.parent_id
  where c.id = the_child and not p.shown and access.in_reach(c.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) $function$
;
CREATE OR REPLACE FUNCTION grid.hide_with_parent(the_parent uuid, the_reason text, the_time timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare p grid.incident; c grid.incident; n int := 0; by_post uuid := nullif(current_setting('app.post', true), '')::uuid;
begin
  select * into p from grid.incident i where i.id = the_parent and access.in_reach(i.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]);
  if p.id is null or p.shown or by_post is null then return 0; end if;
  for c in select * from grid.incident i where i.parent_id = p.id and i.shown order by i.id for update loop
    update grid.incident set shown = false, hidden_with = p.number, seq = c.seq + 1 where id = c.id;
    insert into grid.timeline (incident_id, seq, fact, payload, actor_kind, post_id, recorded_at, effective_at)
      values (c.id, c.seq + 1, 'hidden', jsonb_build_object('reason', the_reason, 'at', to_char(the_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'with', p.number), 'staff', by_post, the_time, the_time);
    n := n + 1;
  end loop;
  return n;
end $function$
;
CREATE OR REPLACE FUNCTION grid.incident_of_public_id(the_id uuid)
 RETURNS TABLE(id uuid, area text, class_code text, open boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select m.id, m.area, m.class_code, m.open from grid.incident i join grid.incident m on m.id = coalesce(i.parent_id, i.id) where i.public_id = the_id and m.shown $function$
;
CREATE OR REPLACE FUNCTION grid.is_reporters(the_report uuid, the_incident uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select the_report = (select f.id from grid.report f where f.incident_id = the_incident order by f.reported_at, f.id limit 1) $function$
;
CREATE OR REPLACE FUNCTION grid.leave_photo(the_photo uuid, the_file uuid, the_name text, the_key bytea, the_hash bytea, the_size bigint, sealed_name bytea, small_name text, small_key bytea, small_hash bytea, small_size bigint, small_width integer, small_height integer, the_recipe integer, the_looks bit, whose text, most_of_one integer, bytes_of_one bigint, bytes_of_strangers bigint, the_time timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  stranger boolean := current_setting('app.account', true) is not distinct from '';
begin
  if exists (select from grid.photo p where p.id = the_photo) then
    return case when exists (select from grid.photo p where p.id = the_photo and p.sha256 = the_hash) then 'there' else 'taken' end;
  end if;
  -- One sender's photos are counted one after the other, so that twenty at once are no more than the limit.
  perform pg_advisory_xact_lock(hashtextextended('grid.leave_photo ' || whose, 0));
  if (select count(*) >= most_of_one or coalesce(sum(f.size), 0) + the_size > bytes_of_one
      from grid.photo p join documents.file f on f.id = p.file_id where p.incident_id is null and p.left_by = whose) then return 'full'; end if;
  if stranger and (select coalesce(sum(f.size), 0) + the_size > bytes_of_strangers
      from grid.photo p join documents.file f on f.id = p.file_id where p.incident_id is null) then return 'full'; end if;
  insert into grid.photo (id, file_id, sha256, looks, left_by, added_at, post_id)
    values (the_photo, the_file, the_hash, the_looks, whose, the_time, nullif(current_setting('app.post', true), '')::uuid) on conflict (id) do nothing;
  if not found then return case when exists (select from grid.photo p where p.id = the_photo and p.sha256 = the_hash) then 'there' else 'taken' end; end if;
  insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, photo_id, added_at)
    values (the_file, the_name, the_key, the_hash, the_size, 'image/jpeg', sealed_name, the_photo, the_time);
  insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, width, height, made_at)
    values (the_file, 'preview', the_recipe, small_name, small_key, small_hash, small_size, small_width, small_height, the_time);
  return 'there';
end $function$
;
CREATE OR REPLACE FUNCTION grid.make_api_key(new_id uuid, the_area text, the_name text, the_keeper text, the_hash bytea, most_per_minute integer, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting_post uuid := access.must_act('system-administrator');
begin
  if not access.in_reach(the_area) then return false; end if;
  insert into grid.api_key (id, area, name, keeper, key_hash, per_minute, made_at, made_by)
    values (new_id, the_area, the_name, the_keeper, the_hash, most_per_minute, at, acting_post) on conflict (key_hash) do nothing;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION grid.own_lock(the_device uuid)
 RETURNS bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select lock_sealed from grid.field_device where id = the_device and post_id = (select nullif(current_setting('app.post', true), ''))::uuid $function$
;
CREATE OR REPLACE FUNCTION grid.photos_of_public_id(the_id uuid)
 RETURNS TABLE(id uuid, fact text, added_at timestamp with time zone, stored_name text, wrapped_key bytea, small_name text, small_key bytea, width integer, height integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.id, case when p.said_at is null then t.fact else 'reopened' end, p.added_at, f.stored_name, f.wrapped_key, d.stored_name, d.wrapped_key, d.width, d.height
  from grid.incident i join grid.photo p on p.incident_id = i.id
    join documents.file f on f.id = p.file_id join documents.derivative d on d.file_id = f.id and d.kind = 'preview'
    left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
  where i.public_id = the_id and i.shown and p.shown order by p.added_at, p.id $function$
;
CREATE OR REPLACE FUNCTION grid.photos_of_token(the_token uuid)
 RETURNS TABLE(id uuid, own boolean, fact text, added_at timestamp with time zone, stored_name text, wrapped_key bytea, small_name text, small_key bytea, width integer, height integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.id, p.report_id is not distinct from r.id, case when p.said_at is null then t.fact else 'reopened' end, p.added_at, f.stored_name, f.wrapped_key, d.stored_name, d.wrapped_key, d.width, d.height
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.incident m on m.id = coalesce(i.parent_id, i.id)
    join grid.photo p on p.report_id = r.id or (p.incident_id = m.id and p.shown and (p.report_id is null or m.shown))
    join documents.file f on f.id = p.file_id join documents.derivative d on d.file_id = f.id and d.kind = 'preview'
    left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
  where r.token = the_token order by p.added_at, p.id $function$
;
CREATE OR REPLACE FUNCTION grid.recover_lock(the_device uuid, of_post uuid, the_time timestamp with time zone)
 RETURNS bytea
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update grid.field_device set recovered_at = the_time, recovered_by = (select nullif(current_setting('app.post', true), ''))::uuid
  where id = the_device and post_id = of_post and (select nullif(current_setting('app.post', true), '')) is not null
    and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~')
  returning lock_sealed $function$
;
CREATE OR REPLACE FUNCTION grid.report_of_token(the_token uuid)
 RETURNS TABLE(report_id uuid, incident_id uuid, sealed bytea, reported_at timestamp with time zone, public_id uuid, number text, area text, class_code text, title text, shown_place text, status text, round integer, due_at timestamp with time zone, due_provisional boolean, stage_due_at timestamp with time zone, handled_at timestamp with time zone, was_late boolean, word_by timestamp with time zone, closed_at timestamp with time zone, outcome text, seq integer, parent_number text, shown boolean, own boolean, early boolean, said_again_sealed bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select r.id, m.id, r.sealed, r.reported_at, m.public_id, i.number, m.area, m.class_code, m.title, m.shown_place, m.status, m.round, m.due_at, m.due_provisional, m.stage_due_at, m.handled_at, m.was_late, m.word_by, m.closed_at, m.outcome, m.seq,
    case when m.id <> i.id then m.number end, m.shown, grid.is_reporters(r.id, r.incident_id), r.reported_at < coalesce(m.handled_at, m.closed_at), r.said_again_sealed
  from grid.report r join grid.incident i on i.id = r.incident_id join grid.incident m on m.id = coalesce(i.parent_id, i.id) where r.token = the_token $function$
;
CREATE OR REPLACE FUNCTION grid.reporter_says(the_token uuid, says text, the_words_sealed bytea, since timestamp with time zone, the_time timestamp with time zone, the_due jsonb)
 RETURNS TABLE(the_incident uuid, the_status text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION grid.tell_reporters(the_incident uuid, the_params jsonb, the_time timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into messages.message (id, person_id, kind, params, made_at)
  select gen_random_uuid(), r.person_id, 'incident_news', the_params || jsonb_build_object('token', min(r.token::text)), the_time
  from grid.incident m join grid.incident i on i.id = m.id or i.parent_id = m.id join grid.report r on r.incident_id = i.id
  where m.id = the_incident and r.person_id is not null
    and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and m.area >= (select nullif(current_setting('app.scope', true), '')) and m.area < (select nullif(current_setting('app.scope', true), '') || '~')
  group by r.person_id $function$
;
CREATE OR REPLACE FUNCTION grid.times_sent(the_photo uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(distinct (o.report_id, o.incident_id, o.fact_seq))::int from grid.photo p join grid.incident i on i.id = p.incident_id join grid.photo o on o.sha256 = p.sha256 and o.incident_id is not null
    and (o.report_id, o.incident_id, o.fact_seq) is distinct from (p.report_id, p.incident_id, p.fact_seq)
  where p.id = the_photo and access.in_reach(i.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) $function$
;
CREATE OR REPLACE FUNCTION grid.units_that_can(the_area text, the_roles text[], the_day date)
 RETURNS TABLE(id uuid, name text, area text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select u.id, u.name, u.area from grid.unit u
  where starts_with(the_area, u.area)
    and 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and the_area >= (select nullif(current_setting('app.scope', true), '')) and the_area < (select nullif(current_setting('app.scope', true), '') || '~')
    and exists (select from access.post p join access.officer o on o.id = p.officer_id
      where p.organisation_id = u.id and p.role = any(the_roles) and 'grid' = any(p.domains) and p.valid_from <= the_day and coalesce(p.valid_to, the_day) >= the_day
        and p.ended_at is null and o.ended_at is null and exists (select from unnest(p.areas) own where starts_with(the_area, own))) $function$
;
CREATE OR REPLACE FUNCTION grid.waiting_photos(the_photos uuid[])
 RETURNS TABLE(id uuid, small_name text, small_key bytea, width integer, height integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.id, d.stored_name, d.wrapped_key, d.width, d.height from grid.photo p join documents.derivative d on d.file_id = p.file_id and d.kind = 'preview'
  where p.id = any(the_photos) and p.incident_id is null order by p.added_at, p.id $function$
;
CREATE OR REPLACE FUNCTION grid.workers(the_area text, the_roles text[], on_day date)
 RETURNS TABLE(post_id uuid, officer_name text, areas text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.id, o.name, p.areas from access.post p join access.officer o on o.id = p.officer_id
  where 'grid' = any((select nullif(current_setting('app.domains', true), '')::text[])::text[])
    and the_area collate "C" >= (select nullif(current_setting('app.scope', true), '')) and the_area collate "C" < (select nullif(current_setting('app.scope', true), '') || '~')
    and p.role = any(the_roles) and 'grid' = any(p.domains) and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day) and p.ended_at is null and o.ended_at is null
    and exists (select from unnest(p.areas) as own where starts_with(the_area, own) or starts_with(own, the_area))
  order by o.name, p.id
$function$
;
CREATE OR REPLACE FUNCTION hazards.figures_of(the_area text, at timestamp with time zone)
 RETURNS TABLE(area text, open integer, late integer, serious integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select h.area, count(*)::int, (count(*) filter (where h.due_at < at))::int, (count(*) filter (where h.grade = 'serious'))::int
  from hazards.hazard h where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and h.area >= the_area and h.area < the_area || '~' and h.open group by h.area $function$
;
CREATE OR REPLACE FUNCTION hazards.followed()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive mine (id, same_as) as (
    select h.id, h.same_as from hazards.report r join hazards.hazard h on h.id = r.hazard_id where r.account_id = nullif(current_setting('app.account', true), '')
    union select h.id, h.same_as from mine m join hazards.hazard h on h.id = m.same_as)
  select id from mine $function$
;
CREATE OR REPLACE FUNCTION hazards.give_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare for_day date := (new.opened_at at time zone 'Asia/Shanghai')::date;
begin
  -- The first of a day begins after what streets gave on that day themselves.
  insert into hazards.counter as c (street, day, n)
    values (left(new.street, 4), for_day, 1 + coalesce((select max(o.n) from hazards.counter o where o.day = for_day), 0))
  on conflict (street, day) do update set n = c.n + 1
  returning 'H' || to_char(for_day, 'YYYYMMDD') || '-' || lpad(c.n::text, greatest(4, length(c.n::text)), '0') into new.number;
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION hazards.report_it(new_id uuid, the_area text, the_kind text, the_line text, the_place text, the_words bytea, the_clock jsonb, the_due timestamp with time zone, is_provisional boolean, the_fact jsonb, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare the_account text := nullif(current_setting('app.account', true), ''); the_number text;
begin
  if the_account is null or length(the_area) <> 12 then return null; end if;
  insert into hazards.hazard (id, street, area, handling_area, domain, kind, place, status, clock, due_at, due_provisional, told_due_at, awaits, opened_at, seq)
    values (new_id, left(the_area, 9), the_area, left(the_area, 9), the_line, the_kind, the_place, 'reported', the_clock, the_due, is_provisional, the_due, '{inspect}', at, 1)
    returning number into the_number;
  insert into hazards.report (hazard_id, account_id, words_sealed, made_at) values (new_id, the_account, the_words, at);
  insert into hazards.timeline (hazard_id, seq, fact, payload, actor_kind, recorded_at, effective_at) values (new_id, 1, 'reported', the_fact, 'reporter', at, at);
  return the_number;
end $function$
;
CREATE OR REPLACE FUNCTION messages.only_in_demo()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from platform.setting where name = 'demo' and value = '1') then raise exception 'the outbox of codes exists in a demo database only'; end if;
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION outreach.age_years(born_on date, day date)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select floor(outreach.full_months(born_on, day) / 12.0)::bigint $function$
;
CREATE OR REPLACE FUNCTION outreach.choose_list(condition boolean, met anyarray, unmet anyarray)
 RETURNS anyarray
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return case when condition then met when not condition then unmet when outreach.same_list(met, unmet) then met end;
end $function$
;
CREATE OR REPLACE FUNCTION outreach.choose(condition boolean, met anyelement, unmet anyelement)
 RETURNS anyelement
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return case when condition then met when not condition then unmet when met = unmet then met end;
end $function$
;
CREATE OR REPLACE FUNCTION outreach.days_after(day date, days bigint)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when (day - date '0001-01-01') + days between 0 and 3652058 then day + days::int end $function$
;
CREATE OR REPLACE FUNCTION outreach.exact(number numeric)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when number between -9007199254740991 and 9007199254740991 then number::bigint end $function$
;
CREATE OR REPLACE FUNCTION outreach.find_root()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  select case when bool_and(starts_with(a.code, first.code)) then first.code end into new.root
  from areas.area a, (select min(code) as code from areas.area) first group by first.code;
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION outreach.forget()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  delete from outreach.person p using gone where p.person_id = gone.id;
  -- A refresh that had already read her writes her once more; the next one takes her out.
  insert into outreach.changed (person_id) select gone.id from gone;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION outreach.full_months(since date, until date)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select ((date_part('year', until) - date_part('year', since)) * 12 + date_part('month', until) - date_part('month', since)
    - (date_part('day', until) < date_part('day', since))::int)::bigint $function$
;
CREATE OR REPLACE FUNCTION outreach.larger(one bigint, other bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when one >= other then one when other > one then other end $function$
;
CREATE OR REPLACE FUNCTION outreach.make_snapshot(the_day date, the_instant timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare made int;
begin
  -- One at a time; a second one that waited begins with what the first has left.
  lock table outreach.snapshot in exclusive mode;
  perform set_config('work_mem', '64MB', true), set_config('maintenance_work_mem', '128MB', true);
  delete from outreach.changed;
  truncate outreach.person;
  alter table outreach.person drop constraint person_pkey;
  drop index outreach.outreach_person_area;
  -- Neighbours lie together: a search of one street reads its own pages and no others.
  insert into outreach.person select * from outreach.facts_on(the_day, null) order by area;
  get diagnostics made = row_count;
  alter table outreach.person add constraint person_pkey primary key (person_id);
  create index outreach_person_area on outreach.person (area);
  analyze outreach.person;
  delete from outreach.snapshot;
  insert into outreach.snapshot (day, known_at, persons) values (the_day, the_instant, made);
  return made;
end $function$
;
CREATE OR REPLACE FUNCTION outreach.months_after(day date, months bigint)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when date_part('year', day)::bigint * 12 + date_part('month', day)::bigint - 1 + months between 12 and 119999
    then (day + make_interval(months => months::int))::date end $function$
;
CREATE OR REPLACE FUNCTION outreach.note_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into outreach.changed (person_id) values ((to_jsonb(new) ->> tg_argv[0])::uuid);
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION outreach.refresh_snapshot(the_day date, the_instant timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  was date;
  who uuid[];
  grew int;
begin
  lock table outreach.snapshot in exclusive mode;
  select day into was from outreach.snapshot;
  if was is null or was > the_day then return null; end if;
  with noted as (delete from outreach.changed returning person_id)
  select array_agg(distinct person_id) into who from (
    select person_id from noted
    union all select person_id from people.hukou_spell where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.dwelling_occupancy where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.residence_spell where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.income_declaration where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.benefit_receipt where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.disability_certificate where was < the_day and (lower(during) > was and lower(during) <= the_day or upper(during) > was and upper(during) <= the_day)
    union all select person_id from people.residence_permit where was < the_day and lower(during) > was and lower(during) <= the_day) whose;
  -- And whoever shares a home or a hukou book with one of them, or did.
  select array_agg(distinct person_id) into who from (
    select unnest(who) as person_id
    union all select other.person_id from people.dwelling_occupancy mine join people.dwelling_occupancy other on other.dwelling_id = mine.dwelling_id and other.during @> the_day
      where mine.person_id = any(who)
    union all select other.person_id from people.hukou_spell mine join people.hukou_spell other on other.household_id = mine.household_id and other.during @> the_day
      where mine.person_id = any(who)) together;
  delete from outreach.person p where p.person_id = any(who);
  get diagnostics grew = row_count;
  grew := -grew;
  insert into outreach.person select * from outreach.facts_on(the_day, coalesce(who, '{}'));
  update outreach.snapshot set day = the_day, known_at = the_instant, persons = persons + grew + (select count(*) from outreach.person p where p.person_id = any(who));
  return coalesce(cardinality(who), 0);
end $function$
;
CREATE OR REPLACE FUNCTION outreach.same_list(one anyarray, other anyarray)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when one is null or other is null then null when cardinality(one) <> cardinality(other) then false
    else (select coalesce(bool_and(a = b), true) and case when coalesce(bool_or((a = b) is null), false) then null else true end
      from unnest(one, other) both_lists(a, b)) end $function$
;
CREATE OR REPLACE FUNCTION outreach.smaller(one bigint, other bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when one <= other then one when other < one then other end $function$
;
CREATE OR REPLACE FUNCTION people.number_taken(the_blinds bytea[])
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform platform.lock_values(the_blinds);
  return exists (select from people.person p where p.id_number_blind = any(the_blinds));
end $function$
;
CREATE OR REPLACE FUNCTION people.shares(the_person uuid, the_day date, OUT dwelling_persons integer, OUT household_persons integer)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select
    (select count(*)::int from people.dwelling_occupancy o join people.dwelling_occupancy other on other.dwelling_id = o.dwelling_id and other.during @> the_day
      join people.person q on q.id = other.person_id and (q.id = p.id or not q.safety_flag)
      where o.person_id = p.id and o.during @> the_day having count(*) > 0),
    (select count(*)::int from people.hukou_spell h join people.hukou_spell other on other.household_id = h.household_id and other.during @> the_day
      join people.person q on q.id = other.person_id and (q.id = p.id or not q.safety_flag)
      where h.person_id = p.id and h.during @> the_day having count(*) > 0)
  from people.person p where p.id = the_person
    and case when (select nullif(current_setting('app.subjects', true), '')) is not null
      then p.id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
      else (p.living_area >= (select nullif(current_setting('app.scope', true), '')) and p.living_area < (select nullif(current_setting('app.scope', true), '') || '~'))
        or (p.hukou_area >= (select nullif(current_setting('app.scope', true), '')) and p.hukou_area < (select nullif(current_setting('app.scope', true), '') || '~')) end $function$
;
CREATE OR REPLACE FUNCTION platform.act_ceiling()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + platform.act_offset()$function$
;
CREATE OR REPLACE FUNCTION platform.act_horizon()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + platform.act_offset()$function$
;
CREATE OR REPLACE FUNCTION platform.act_number()
 RETURNS bigint
 LANGUAGE sql
AS $function$select pg_current_xact_id()::text::bigint + platform.act_offset()$function$
;
CREATE OR REPLACE FUNCTION platform.act_offset()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$select 0::bigint$function$
;
CREATE OR REPLACE FUNCTION platform.claim_key(the_operation text, the_key text, the_hash bytea, the_time timestamp with time zone)
 RETURNS TABLE(claimed boolean, body_hash bytea, result jsonb)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into platform.idempotency (actor, operation, key, body_hash, at)
    values (platform.key_owner(), the_operation, the_key, the_hash, the_time) on conflict do nothing;
  if found then return query select true, null::bytea, null::jsonb; return; end if;
  return query select false, i.body_hash, i.result from platform.idempotency i
    where i.actor = platform.key_owner() and i.operation = the_operation and i.key = the_key;
end $function$
;
CREATE OR REPLACE FUNCTION platform.ensure_partitions(parent regclass, from_day date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare m date := date_trunc('month', from_day)::date; made int := 0; part text; ns text; rel text; first timestamptz; after timestamptz; astray boolean;
begin
  select n.nspname, c.relname into ns, rel from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = parent and c.relkind = 'p';
  if rel is null then raise exception 'not a partitioned table'; end if;
  for i in 0..6 loop
    part := rel || '_' || to_char(m, 'YYYYMM');
    first := m::timestamp at time zone 'Asia/Shanghai';
    after := (m + interval '1 month')::timestamp at time zone 'Asia/Shanghai';
    if to_regclass(format('%I.%I', ns, part)) is null then
      execute format('select exists (select from %I.%I where at >= %L and at < %L)', ns, rel || '_default', first, after) into astray;
      if not astray then
        execute format('create table %I.%I partition of %I.%I for values from (%L) to (%L)', ns, part, ns, rel, first, after);
        execute format('comment on table %I.%I is %L', ns, part, 'One month of ' || rel);
        made := made + 1;
      end if;
    end if;
    m := (m + interval '1 month')::date;
  end loop;
  return made;
end $function$
;
CREATE OR REPLACE FUNCTION platform.key_owner()
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select current_setting('role') || ':' || coalesce(nullif(current_setting('app.post', true), ''), nullif(current_setting('app.account', true), ''), '') $function$
;
CREATE OR REPLACE FUNCTION platform.let_go_month(the_log text, parent regclass, the_month text, the_number integer, the_record text, the_hash text, the_rows bigint, audit_id uuid, the_request text, the_time timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare ns text; rel text; part regclass; n bigint; after timestamptz := (to_date(the_month, 'YYYYMM') + interval '1 month')::timestamp at time zone 'Asia/Shanghai';
begin
  if the_month !~ '^[0-9]{6}$' or after + interval '6 months' > the_time then raise exception 'a log is kept for six months' using errcode = '42501'; end if;
  select i.nspname, c.relname into ns, rel from pg_class c join pg_namespace i on i.oid = c.relnamespace where c.oid = parent and c.relkind = 'p';
  part := to_regclass(format('%I.%I', ns, rel || '_' || the_month));
  if rel is null or part is null or not exists (select from pg_inherits h where h.inhrelid = part and h.inhparent = parent) then raise exception 'no month % of %', the_month, the_log; end if;
  -- Every act writes to its parent: who waits for the lock too long comes again the night after.
  set local lock_timeout = '5s';
  execute format('lock table %s in access exclusive mode', parent);
  execute format('select count(*) from %s', part) into n;
  if n <> the_rows then raise exception '% rows of % are not those of the record', n, part; end if;
  execute format('drop table %s', part);
  insert into platform.let_go (number, log, month, record, at) values (the_number, the_log, the_month, the_record, the_time);
  insert into platform.audit (id, at, operation, outcome, actor_kind, schedule, object_id, request_id)
    values (audit_id, the_time, 'audit.let-go', 'done', 'system', 'let-go', the_hash, the_request);
end $function$
;
CREATE OR REPLACE FUNCTION platform.lock_values(the_hashes bytea[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare h bytea;
begin
  for h in select distinct u from unnest(the_hashes) u order by u loop
    perform pg_advisory_xact_lock(hashtextextended(encode(h, 'hex'), 0));
  end loop;
end $function$
;
CREATE OR REPLACE FUNCTION platform.mark_subject(the_blinds bytea[], the_mark bytea, the_sealed bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare found_mark bytea;
begin
  -- By itself, since of an array a plan is made at every call, and nearly always this finds it.
  select s.mark into found_mark from platform.audit_subject s where s.blind = the_blinds[1];
  if found then return found_mark; end if;
  if cardinality(the_blinds) > 1 then
    perform platform.lock_values(the_blinds);
    select s.mark into found_mark from platform.audit_subject s where s.blind = any(the_blinds);
    if found then return found_mark; end if;
  end if;
  insert into platform.audit_subject (mark, blind, sealed) values (the_mark, the_blinds[1], the_sealed) on conflict (blind) do nothing;
  if found then return the_mark; end if;
  -- Somebody else's first act of the same subject came first and has committed by now.
  select s.mark into strict found_mark from platform.audit_subject s where s.blind = any(the_blinds);
  return found_mark;
end $function$
;
CREATE OR REPLACE FUNCTION platform.settle_key(the_operation text, the_key text, the_result jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update platform.idempotency set result = the_result
    where actor = platform.key_owner() and operation = the_operation and key = the_key and result is null $function$
;
CREATE OR REPLACE FUNCTION retention.accounts_to_delete(asked_before timestamp with time zone, the_classes text[], as_of timestamp with time zone, most integer)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select u."id" from auth."user" u where u.deletion_asked_at <= asked_before and retention.held_account(u."id"::text, the_classes, as_of) is null
  order by u.deletion_asked_at, u."id" limit most $function$
;
CREATE OR REPLACE FUNCTION retention.confirm(new_id uuid, the_digest text, the_pack text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting_post uuid := access.must_act('audit-administrator');
begin
  update retention.confirmation set ended_by = acting_post, ended_at = at where ended_at is null;
  insert into retention.confirmation (id, digest, pack_hash, confirmed_by, confirmed_at) values (new_id, the_digest, the_pack, acting_post, at);
end $function$
;
CREATE OR REPLACE FUNCTION retention.count_due(the_kind text, the_class text, the_end text, the_statuses text[], the_matters text[], before timestamp with time zone, as_of timestamp with time zone, most bigint)
 RETURNS TABLE(due bigint, held bigint, oldest timestamp with time zone, newest timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if current_setting('role') = 'app_staff' then perform access.must_act('audit-administrator'); end if;
  return query select count(*) filter (where not d.held), count(*) filter (where d.held), min(d.since), max(d.since)
    from retention.due(the_kind, the_class, the_end, the_statuses, the_matters, before, as_of, false, most) d;
end $function$
;
CREATE OR REPLACE FUNCTION retention.covers(the_areas text[], the_area text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from unnest(the_areas) x where starts_with(the_area, x)) $function$
;
CREATE OR REPLACE FUNCTION retention.delete_accounts(ids uuid[], asked_before timestamp with time zone, the_classes text[], tombstones uuid[], commitments bytea[], blind_of uuid[], blinds bytea[], the_day date, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare taken uuid[]; last bigint;
begin
  perform pg_advisory_xact_lock_shared(hashtext('retention.hold'));
  -- Whoever keeps hers at this moment, or another sweep, has done so before the next line looks.
  perform from auth."user" u where u."id" = any(ids) order by u."id" for update;
  select coalesce(array_agg(u."id"), '{}') into taken from auth."user" u
    where u."id" = any(ids) and u.deletion_asked_at <= asked_before and retention.held_account(u."id"::text, the_classes, at) is null;
  if cardinality(taken) = 0 then return 0; end if;
  perform retention.end_bindings(taken, at), retention.drop_accounts(taken, (select array_agg(b) from unnest(blind_of, blinds) x (i, b) where i = any(taken)));
  delete from platform.idempotency i where i.actor in (select 'app_resident:' || t from unnest(taken) t);
  perform pg_advisory_xact_lock(hashtext('retention.tombstone'));
  select coalesce(max(t.seq), 0) into last from retention.tombstone t;
  insert into retention.tombstone (id, seq, kind, class, rule, on_day, commitment)
    select x.t, last + row_number() over (), 'account', null, 'request', the_day, x.c from unnest(ids, tombstones, commitments) x (i, t, c) where x.i = any(taken);
  return cardinality(taken);
end $function$
;
CREATE OR REPLACE FUNCTION retention.deletion_waits(the_account text, the_classes text[], as_of timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select retention.held_account(the_account, the_classes, as_of) $function$
;
CREATE OR REPLACE FUNCTION retention.drop_accounts(ids uuid[], blinds bytea[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform retention.drop_drafts((select coalesce(array_agg(d.id), '{}') from cases.draft d where d.account_id = any(ids::text[]) and d.submitted_case_id is null));
  delete from access.display where account_id = any(ids::text[]);
  delete from messages.channel_choice where account_id = any(ids::text[]);
  delete from auth."user" where "id" = any(ids);
  perform retention.forget(blinds);
end $function$
;
CREATE OR REPLACE FUNCTION retention.drop_drafts(ids uuid[])
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  delete from documents.material where draft_id = any(ids) and case_id is null;
  delete from documents.file where draft_id = any(ids) and case_id is null;
  delete from cases.draft where id = any(ids) and submitted_case_id is null;
$function$
;
CREATE OR REPLACE FUNCTION retention.drop_persons(ids uuid[], blinds bytea[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The daily run finds none of these; an older copy may still have them.
  perform retention.drop_drafts((select coalesce(array_agg(d.id), '{}') from cases.draft d where d.person_id = any(ids) and d.submitted_case_id is null));
  update cases.unit_member set person_id = null where person_id = any(ids);
  update documents.file set person_id = null where person_id = any(ids);
  delete from messages.dispatch where person_id = any(ids);
  delete from messages.message where person_id = any(ids);
  delete from access.person_account where person_id = any(ids);
  delete from access.proxy where principal_id = any(ids) or proxy_id = any(ids);
  delete from people.hukou_spell where person_id = any(ids);
  delete from people.dwelling_occupancy where person_id = any(ids);
  delete from people.residence_spell where person_id = any(ids);
  delete from people.residence_permit where person_id = any(ids);
  delete from people.disability_certificate where person_id = any(ids);
  delete from people.income_declaration where person_id = any(ids);
  delete from people.benefit_receipt where person_id = any(ids);
  delete from people.bank_account where person_id = any(ids);
  update retention.hold set person_id = null where person_id = any(ids);
  delete from people.person where id = any(ids);
  perform retention.forget(blinds);
end $function$
;
CREATE OR REPLACE FUNCTION retention.due(the_kind text, the_class text, the_end text, the_statuses text[], the_matters text[], before timestamp with time zone, as_of timestamp with time zone, free boolean, most bigint)
 RETURNS TABLE(id text, since timestamp with time zone, held boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
-- Most days nothing is held: then no row is asked about.
declare any_hold boolean := exists (select from retention.hold h where h.ended_at is null or h.ended_at > as_of);
begin
  case the_kind
  when 'case' then
    return query select d.id, d.since, d.held from (
      select c.id::text as id, e.since, any_hold and retention.is_held(the_class, c.origin_area, c.id, c.applicant_id, as_of) as held
      from cases.case c, lateral (select coalesce(c.closed_at, (select t.recorded_at from cases.timeline t where t.case_id = c.id and t.seq = c.seq)) as since) e
      where not c.open and c.stripped_at is null and coalesce(c.closed_at, c.received_at) < before and e.since < before
        and c.status = any(the_statuses) and (the_matters is null or c.matter_code = any(the_matters)) and (the_end = 'strip' or c.restricted_at is null)
      order by coalesce(c.closed_at, c.received_at), c.id) d where not (free and d.held) limit most;
  when 'draft' then
    return query select d.id, d.since, d.held from (
      select w.id::text as id, w.updated_at as since, any_hold and retention.is_held(the_class, (select p.living_area from people.person p where p.id = w.person_id), null, w.person_id, as_of) as held
      from cases.draft w where w.submitted_case_id is null and w.updated_at < before order by w.updated_at, w.id) d where not (free and d.held) limit most;
  when 'message' then
    return query select d.id, d.since, d.held from (
      select m.id::text as id, m.made_at as since, any_hold and retention.is_held(the_class, (select coalesce(p.living_area, p.hukou_area) from people.person p where p.id = m.person_id), m.case_id, m.person_id, as_of) as held
      from messages.message m where m.made_at < before order by m.made_at, m.id) d where not (free and d.held) limit most;
  when 'answer-under-key' then
    return query select concat_ws(E'\x1f', i.actor, i.operation, i.key), i.at, false from platform.idempotency i where i.at < before limit most;
  when 'ended-binding' then
    return query select d.id, d.since, d.held from (
      select b.id::text as id, b.ended_at as since, any_hold and retention.is_held(the_class, (select coalesce(p.living_area, p.hukou_area) from people.person p where p.id = b.person_id), null, b.person_id, as_of) as held
      from access.person_account b where b.ended_at < before order by b.ended_at, b.id) d where not (free and d.held) limit most;
  when 'invitation' then
    return query select i.id::text, coalesce(i.used_at, i.withdrawn_at, i.expires_at), any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = i.organisation_id), null, null, as_of)
      from access.invitation i where coalesce(i.used_at, i.withdrawn_at, i.expires_at) < before
        and not (free and any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = i.organisation_id), null, null, as_of))
      order by 2, 1 limit most;
  when 'officer-sign-in' then
    return query select u."id"::text, o.ended_at, any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = o.organisation_id), null, null, as_of)
      from access.officer o join auth."user" u on u."id"::text = o.account_id where o.ended_at < before
        and not (free and any_hold and retention.is_held(the_class, (select g.area from access.organisation g where g.id = o.organisation_id), null, null, as_of))
      order by 2, 1 limit most;
  when 'unbound-account' then
    -- A phone that was never anybody's who is known here: it holds nothing but a number.
    return query select r.account_id::text, greatest(r.created_at, r.signed_in_at), false from auth.resident_phone r
      where greatest(r.created_at, r.signed_in_at) < before and not exists (select from access.person_account b where b.account_id = r.account_id::text)
        and not exists (select from cases.draft w where w.account_id = r.account_id::text) order by 2, 1 limit most;
  when 'person-without-tie' then
    -- Lives and belongs nowhere here, has no case, account, draft or paper, and stands in nobody else's case.
    return query select d.id, d.since, d.held from (
      select p.id::text as id, e.since, any_hold and retention.is_held(the_class, coalesce(p.hukou_area, ''), null, p.id, as_of) as held
      from people.person p, lateral (select greatest(p.recorded_at, (select max(coalesce(upper(s.during), 'infinity')::timestamptz) from (
          select h.during from people.hukou_spell h join areas.area a on a.code = h.area where h.person_id = p.id union all select o.during from people.dwelling_occupancy o where o.person_id = p.id
          union all select r.during from people.residence_spell r where r.person_id = p.id union all select b.during from people.benefit_receipt b where b.person_id = p.id) s)) as since) e
      where p.living_area is null and p.recorded_at < before and e.since < before
        and not exists (select from cases.case c where c.applicant_id = p.id) and not exists (select from cases.unit_member m where m.person_id = p.id)
        and not exists (select from access.person_account b where b.person_id = p.id) and not exists (select from cases.draft w where w.person_id = p.id)
        and not exists (select from documents.file f where f.person_id = p.id) and not exists (select from cases.objection o where o.person_id = p.id)
      order by p.recorded_at, p.id) d where not (free and d.held) limit most;
  when 'acts-month', 'looks-month' then
    -- Months that are over, whole. Whoever holds a person holds the looks at her with them.
    return query select d.id, d.since, d.held from (
      select m.month as id, m.ended as since, any_hold and exists (select from retention.hold h where (h.ended_at is null or h.ended_at > as_of) and (h.until is null or h.until >= (as_of at time zone 'Asia/Shanghai')::date)
          and (h.class = the_class or h.kind = 'person')) as held
      from (select right(c.relname, 6) as month, (to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month')::timestamp at time zone 'Asia/Shanghai' as ended
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = (case the_kind when 'acts-month' then 'platform.audit' else 'access.read_entry' end)::regclass and c.relname ~ '_[0-9]{6}$') m
      where m.ended <= before order by 1) d where not (free and d.held) limit most;
  else raise exception 'no kind %', the_kind using errcode = '22023';
  end case;
end $function$
;
CREATE OR REPLACE FUNCTION retention.end_bindings(ids uuid[], at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update access.person_account set ended_at = at, ended_why = 'account_deleted' where account_id = any(ids::text[]) and ended_at is null $function$
;
CREATE OR REPLACE FUNCTION retention.end_hold(the_hold uuid, why text, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare lead access.post := retention.must_lead(at); h retention.hold; barred text;
begin
  select x.* into h from retention.hold x where x.id = the_hold and retention.sees(lead, x) for update;
  if not found then return 'missing'; end if;
  if h.ended_at is not null then return 'ended'; end if;
  barred := retention.barred(lead, h);
  if barred is not null then return barred; end if;
  update retention.hold set ended_by = lead.id, ended_at = at, ended_why = why where id = h.id;
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION retention.forget(blinds bytea[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare marks bytea[];
begin
  with gone as (delete from platform.audit_subject s where s.blind = any(blinds) returning s.mark) select coalesce(array_agg(mark), '{}') into marks from gone;
  if cardinality(marks) = 0 then return; end if;
  update platform.audit set account_id = null where account_mark = any(marks);
  update platform.audit set object_id = null where object_mark = any(marks);
  update access.read_entry set person_id = null where person_mark = any(marks);
end $function$
;
CREATE OR REPLACE FUNCTION retention.held_account(the_account text, the_classes text[], as_of timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select h.basis from access.person_account b join people.person p on p.id = b.person_id
    join retention.hold h on (h.ended_at is null or h.ended_at > as_of) and (h.until is null or h.until >= (as_of at time zone 'Asia/Shanghai')::date)
      and case h.kind when 'person' then h.person_id = p.id when 'area' then h.class = any(the_classes) and starts_with(coalesce(p.living_area, p.hukou_area), h.area) else false end
  where b.account_id = the_account and b.ended_at is null order by h.placed_at, h.id limit 1 $function$
;
CREATE OR REPLACE FUNCTION retention.holds_in(at timestamp with time zone)
 RETURNS TABLE(id uuid, kind text, area text, number text, class text, reason text, basis text, placed_by text, placed_at timestamp with time zone, until date, ended_by text, ended_at timestamp with time zone, ended_why text, barred text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare lead access.post := retention.must_lead(at);
begin
  return query select h.id, h.kind, h.area, c.number, h.class, h.reason, h.basis, b.officer_name, h.placed_at, h.until, e.officer_name, h.ended_at, h.ended_why, retention.barred(lead, h)
  from retention.hold h left join cases.case c on c.id = h.case_id left join access.officer_of_post b on b.post_id = h.placed_by left join access.officer_of_post e on e.post_id = h.ended_by
  where retention.sees(lead, h) order by h.ended_at desc nulls first, h.placed_at desc, h.id limit 500;
end $function$
;
CREATE OR REPLACE FUNCTION retention.is_held(the_class text, the_area text, the_case uuid, the_person uuid, as_of timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from retention.hold h where (h.ended_at is null or h.ended_at > as_of) and (h.until is null or h.until >= (as_of at time zone 'Asia/Shanghai')::date)
    and case h.kind when 'case' then h.case_id = the_case
      when 'area' then h.class = the_class and starts_with(the_area, h.area)
      else h.person_id = the_person or exists (select from cases.unit_member m where m.case_id = the_case and m.person_id = h.person_id) end) $function$
;
CREATE OR REPLACE FUNCTION retention.let_go(the_day date, the_class text, ids text[], tombstones uuid[], commitments bytea[], blind_of text[], blinds bytea[], at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare r retention.run_class; began timestamptz; taken text[]; last bigint; n int;
begin
  perform pg_advisory_xact_lock_shared(hashtext('retention.hold'));
  select c.* into r from retention.run_class c join retention.run d using (day) join retention.confirmation f on f.id = d.confirmation_id and f.ended_at is null where c.day = the_day and c.class = the_class and d.halted is null for update of c;
  if not found then return 0; end if;
  select u.at into began from retention.run u where u.day = the_day;
  if r.kind = 'case' then perform from cases.case c where c.id = any(ids::uuid[]) order by c.id for update; end if;
  if r.kind = 'draft' then perform from cases.draft d where d.id = any(ids::uuid[]) order by d.id for update; end if;
  select coalesce(array_agg(d.id), '{}') into taken from (
    select d.id from retention.due(r.kind, r.class, r.ends, r.statuses, r.matters, r.before, began, true, least(cardinality(ids), r.allowed - r.done)) d where d.id = any(ids)) d;
  n := cardinality(taken);
  if n = 0 then return 0; end if;
  case r.kind
  when 'case' then
    if r.ends = 'restrict' then update cases.case set restricted_at = at where id = any(taken::uuid[]);
    else perform retention.strip_cases(taken::uuid[], at); end if;
  when 'draft' then perform retention.drop_drafts(taken::uuid[]);
  when 'message' then
    delete from messages.dispatch where message_id = any(taken::uuid[]);
    delete from messages.message where id = any(taken::uuid[]);
  when 'answer-under-key' then delete from platform.idempotency i where i.at < r.before and concat_ws(E'\x1f', i.actor, i.operation, i.key) = any(taken);
  when 'ended-binding' then delete from access.person_account where id = any(taken::uuid[]);
  when 'invitation' then delete from access.invitation where id = any(taken::uuid[]);
  when 'officer-sign-in' then delete from auth."user" where "id" = any(taken::uuid[]);
  when 'unbound-account' then perform retention.drop_accounts(taken::uuid[], (select array_agg(b) from unnest(blind_of, blinds) x (i, b) where i = any(taken)));
  when 'person-without-tie' then perform retention.drop_persons(taken::uuid[], (select array_agg(b) from unnest(blind_of, blinds) x (i, b) where i = any(taken)));
  end case;
  if cardinality(tombstones) > 0 then
    -- In order, so that the file beside the seals is only ever appended to.
    perform pg_advisory_xact_lock(hashtext('retention.tombstone'));
    select coalesce(max(t.seq), 0) into last from retention.tombstone t;
    insert into retention.tombstone (id, seq, kind, class, rule, on_day, commitment)
      select x.t, last + row_number() over (), r.kind, r.class, 'class', the_day, x.c from unnest(ids, tombstones, commitments) x (i, t, c) where x.i = any(taken) on conflict (commitment) do nothing;
  end if;
  update retention.run_class c set done = c.done + n where c.day = the_day and c.class = the_class;
  return n;
end $function$
;
CREATE OR REPLACE FUNCTION retention.next_of(the_day date, the_class text, most integer)
 RETURNS TABLE(id text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare r retention.run_class;
begin
  -- A hold that is being placed waits for this batch, and this batch for it; two sweeps take turns at a class.
  perform pg_advisory_xact_lock_shared(hashtext('retention.hold'));
  select c.* into r from retention.run_class c join retention.run d using (day) join retention.confirmation f on f.id = d.confirmation_id and f.ended_at is null where c.day = the_day and c.class = the_class and d.halted is null for update of c;
  if not found then return; end if;
  return query select d.id from retention.due(r.kind, r.class, r.ends, r.statuses, r.matters, r.before, (select u.at from retention.run u where u.day = the_day), true,
    least(most, r.allowed - r.done)) d;
end $function$
;
CREATE OR REPLACE FUNCTION retention.note_month(the_day date, the_class text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update retention.run_class set done = done + 1 where day = the_day and class = the_class and kind in ('acts-month', 'looks-month') and done < allowed $function$
;
CREATE OR REPLACE FUNCTION retention.own_cases(the_person uuid)
 RETURNS TABLE(id uuid, number text, matter text, status text, open boolean, put_away boolean, since timestamp with time zone, papers integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.id, c.number, c.matter_code, c.status, c.open, c.restricted_at is not null,
    case when not c.open then coalesce(c.closed_at, (select t.recorded_at from cases.timeline t where t.case_id = c.id and t.seq = c.seq)) end,
    (select count(*)::int from documents.document d where d.case_id = c.id)
  from cases.case c where c.applicant_id = the_person and the_person = any(nullif(current_setting('app.subjects', true), '')::uuid[])
  order by c.open desc, c.received_at desc, c.id limit 500 $function$
;
CREATE OR REPLACE FUNCTION retention.place_hold(new_id uuid, the_kind text, the_number text, the_area text, the_class text, the_reason text, the_basis text, last_day date, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare lead access.post := retention.must_lead(at); found_id uuid; c cases.case; many int;
begin
  perform pg_advisory_xact_lock(hashtext('retention.hold'));
  if the_kind = 'area' then
    if not retention.covers(lead.areas, the_area) then return 'missing'; end if;
    insert into retention.hold (id, kind, area, class, domains, reason, basis, placed_by, placed_at, until) values (new_id, 'area', the_area, the_class, lead.domains, the_reason, the_basis, lead.id, at, last_day);
    return 'done';
  end if;
  select count(*), min(d.id::text)::uuid into many, found_id from cases.case d where d.number = the_number and d.domain = any(lead.domains)
    and (retention.covers(lead.areas, d.origin_area) or retention.covers(lead.areas, d.handling_area));
  if many = 0 then return 'missing'; end if;
  if many > 1 then return 'ambiguous'; end if;
  select * into c from cases.case where id = found_id for update;
  if c.stripped_at is not null then return 'gone'; end if;
  update cases.case set restricted_at = null where id = c.id and restricted_at is not null;
  insert into retention.hold (id, kind, case_id, person_id, area, reason, basis, placed_by, placed_at, until)
    values (new_id, the_kind, c.id, case when the_kind = 'person' then c.applicant_id end, c.origin_area, the_reason, the_basis, lead.id, at, last_day);
  return 'done';
end $function$
;
CREATE OR REPLACE FUNCTION retention.strip_cases(ids uuid[], at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  delete from documents.print_failure f using documents.document d where d.id = f.document_id and d.case_id = any(ids);
  delete from documents.print p using documents.document d where d.id = p.document_id and d.case_id = any(ids);
  delete from documents.document where case_id = any(ids);
  delete from documents.material where case_id = any(ids);
  -- With the row goes the only key to the bytes; the sweep of the store takes the bytes.
  delete from documents.file where case_id = any(ids);
  delete from messages.dispatch d using messages.message m where m.id = d.message_id and m.case_id = any(ids);
  delete from messages.message where case_id = any(ids);
  delete from cases.objection where case_id = any(ids);
  delete from cases.notice where case_id = any(ids);
  delete from cases.unit_member where case_id = any(ids);
  delete from cases.answer where case_id = any(ids);
  delete from cases.draft where submitted_case_id = any(ids);
  update cases.timeline set account_id = case when actor_kind = 'staff' then account_id end,
    payload = retention.without_words(payload) || case when fact = 'delivered' then '{"to": ""}'::jsonb else '{}'::jsonb end where case_id = any(ids);
  update cases.case set applicant_id = null, surname = '', stripped_at = at, restricted_at = coalesce(restricted_at, at), correction = retention.without_words(correction),
    extension = retention.without_words(extension), survey = retention.without_words(survey) where id = any(ids);
$function$
;
CREATE OR REPLACE FUNCTION retention.switch_off(at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare acting_post uuid := access.must_act('audit-administrator');
begin
  update retention.confirmation set ended_by = acting_post, ended_at = at where ended_at is null;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION retention.without_words(the_value jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case jsonb_typeof(the_value)
    when 'object' then (select coalesce(jsonb_object_agg(key, case
        when key in ('text', 'reason', 'reasons', 'note') then '""'::jsonb when key in ('result') then '{}'::jsonb when key in ('conditions', 'without') then '[]'::jsonb
        else retention.without_words(value) end), '{}') from jsonb_each(the_value))
    when 'array' then (select coalesce(jsonb_agg(retention.without_words(value) order by at), '[]') from jsonb_array_elements(the_value) with ordinality e (value, at))
    else the_value end $function$
;
CREATE OR REPLACE FUNCTION safety.figures_of(the_area text, at timestamp with time zone)
 RETURNS TABLE(area text, open integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e.area, count(*)::int from safety.event e
  where starts_with(the_area, (select nullif(current_setting('app.scope', true), ''))) and e.area >= the_area and e.area < the_area || '~' and e.status <> 'closed' and e.opened_at <= at group by e.area $function$
;
CREATE OR REPLACE FUNCTION safety.footage_counts()
 RETURNS TABLE(year integer, asker text, status text, n integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select extract(year from r.received_at at time zone 'Asia/Shanghai')::int, r.asker, r.status, count(*)::int from safety.footage_request r group by 1, 2, 3 order by 1 desc, 2, 3
$function$
;
CREATE OR REPLACE FUNCTION safety.places_taken(the_patrol uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*)::int from safety.patrol_place t join safety.patrol p on p.id = t.patrol_id where p.id = the_patrol
    and exists (select from safety.watch_member m where m.group_id = p.group_id and m.left_at is null and m.person_id = any(nullif(current_setting('app.subjects', true), '')::uuid[]))
$function$
;
CREATE OR REPLACE FUNCTION safety.shown_broadcasts(at timestamp with time zone)
 RETURNS TABLE(id uuid, area text, kind text, colour text, headline text, body text, headline_en text, body_en text, issuer text, issuer_number text, issued_at timestamp with time zone, ends_at timestamp with time zone, status text, ended_at timestamp with time zone, corrects uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select b.id, b.area, b.kind, b.colour, b.headline, b.body, b.headline_en, b.body_en, b.issuer, b.issuer_number, b.issued_at, b.ends_at, b.status, b.ended_at, b.corrects
  from safety.broadcast b where b.issued_at is not null and b.issued_at <= at and least(b.ends_at, coalesce(b.ended_at, b.ends_at)) > at - interval '1 day'
  order by b.issued_at desc, b.id desc limit 200
$function$
;
CREATE OR REPLACE FUNCTION safety.untold(the_broadcast uuid, most integer)
 RETURNS TABLE(person_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.id from safety.broadcast b join people.person p on p.living_area >= b.area and p.living_area < b.area || '~'
  where b.id = the_broadcast and b.status = 'issued' and starts_with(b.area, nullif(current_setting('app.scope', true), ''))
    and exists (select from access.person_account a where a.person_id = p.id and a.ended_at is null)
    and not exists (select from safety.broadcast_told t where t.broadcast_id = b.id and t.person_id = p.id)
  order by p.id limit least(most, 20000)
$function$
;

-- Tables

create table access.account_notice (
  id uuid not null,
  officer_id uuid not null,
  kind text not null,
  at timestamp with time zone not null,
  by_post uuid,
  why text,
  seen_at timestamp with time zone,
  constraint account_notice_pkey PRIMARY KEY (id),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['password_changed'::text, 'factors_taken'::text, 'link_made'::text, 'factor_set'::text, 'console_link'::text, 'stopped'::text, 'restarted'::text, 'sessions_ended'::text, 'released'::text])))
);
create table access.display (
  account_id text not null,
  mode text,
  theme text,
  chosen_at timestamp with time zone not null,
  constraint display_pkey PRIMARY KEY (account_id),
  constraint display_mode_check CHECK ((mode = ANY (ARRAY['standard'::text, 'elder'::text]))),
  constraint display_theme_check CHECK ((theme = ANY (ARRAY['light'::text, 'contrast'::text])))
);
create table access.first_administrator (
  token_hash bytea not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint first_administrator_pkey PRIMARY KEY (token_hash)
);
create table access.invitation (
  id uuid not null,
  token_hash bytea not null,
  name text not null,
  number text not null,
  username text not null,
  organisation_id uuid not null,
  invited_by uuid not null,
  invited_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  officer_id uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  constraint invitation_pkey PRIMARY KEY (id),
  constraint invitation_token_hash_key UNIQUE (token_hash),
  constraint used_by_somebody CHECK (((used_at IS NULL) = (officer_id IS NULL)))
);
create table access.officer (
  id uuid not null,
  account_id text not null,
  name text not null,
  number text not null,
  recorded_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  organisation_id uuid,
  ended_by uuid,
  ended_why text,
  stopped_at timestamp with time zone,
  stopped_by uuid,
  stopped_why text,
  constraint officer_pkey PRIMARY KEY (id),
  constraint officer_account_id_key UNIQUE (account_id),
  constraint officer_number_key UNIQUE (number)
);
create table access.organisation (
  id uuid not null,
  name text not null,
  kind text not null,
  area text collate "C" not null,
  recorded_at timestamp with time zone not null,
  constraint organisation_pkey PRIMARY KEY (id),
  constraint organisation_kind_check CHECK ((kind = ANY (ARRAY['committee'::text, 'street_office'::text, 'bureau'::text, 'ngo'::text, 'unit'::text])))
);
create table access.person_account (
  id uuid not null,
  account_id text not null,
  person_id uuid not null,
  bound_at timestamp with time zone not null,
  method text not null,
  post_id uuid,
  document_seen text,
  ended_at timestamp with time zone,
  ended_why text,
  ended_post_id uuid,
  undo_digest text,
  constraint person_account_pkey PRIMARY KEY (id),
  constraint person_account_undo_digest_key UNIQUE (undo_digest),
  constraint person_account_method_check CHECK ((method = ANY (ARRAY['window'::text, 'identity_service'::text, 'demo'::text]))),
  constraint undo_is_a_digest CHECK ((undo_digest ~ '^[0-9a-f]{64}$'::text))
);
create table access.post (
  id uuid not null,
  officer_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  areas text[] collate "C" not null,
  scope text collate "C" not null,
  domains text[] not null,
  valid_from date not null,
  valid_to date,
  recorded_at timestamp with time zone not null,
  lent_by uuid,
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_why text,
  constraint post_pkey PRIMARY KEY (id),
  constraint one_kind_of_administrator EXCLUDE USING gist (officer_id WITH =, role WITH <>, daterange(valid_from, valid_to, '[]'::text) WITH &&) WHERE (((role = ANY (ARRAY['system-administrator'::text, 'security-administrator'::text, 'audit-administrator'::text])) AND (ended_at IS NULL))),
  constraint dates_in_order CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint lent_for_a_time CHECK (((lent_by IS NULL) OR (valid_to IS NOT NULL))),
  constraint post_areas_check CHECK ((cardinality(areas) > 0)),
  constraint post_scope_check CHECK ((scope <> ''::text))
);
create table access.proposal (
  id uuid not null,
  officer_id uuid not null,
  organisation_id uuid,
  lent_by uuid,
  role text,
  areas text[] collate "C",
  scope text collate "C" not null,
  domains text[],
  valid_from date,
  valid_to date,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  outcome text,
  decided_by uuid,
  decided_at timestamp with time zone,
  reason text,
  post_id uuid,
  kind text not null,
  expires_at timestamp with time zone not null,
  why text,
  with_password boolean,
  constraint post_proposal_pkey PRIMARY KEY (id),
  constraint change_whole CHECK ((num_nonnulls(why, with_password) =
CASE kind
    WHEN 'post'::text THEN 0
    ELSE 2
END)),
  constraint dates_in_order CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint decided_by_another CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by))),
  constraint decided_whole CHECK (((outcome IS NULL) = (decided_at IS NULL))),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['post'::text, 'reset'::text, 'stop'::text, 'restart'::text]))),
  constraint post_proposal_areas_check CHECK ((cardinality(areas) > 0)),
  constraint post_proposal_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'refused'::text, 'first'::text]))),
  constraint post_proposal_scope_check CHECK ((scope <> ''::text)),
  constraint post_whole CHECK (((num_nonnulls(organisation_id, role, areas, domains, valid_from) =
CASE kind
    WHEN 'post'::text THEN 5
    ELSE 0
END) AND ((post_id IS NOT NULL) = ((kind = 'post'::text) AND COALESCE((outcome = ANY (ARRAY['approved'::text, 'first'::text])), false)))))
);
create table access.proxy (
  id uuid not null,
  principal_id uuid not null,
  proxy_id uuid,
  matters text[] not null,
  valid_from date not null,
  valid_to date not null,
  given_at timestamp with time zone not null,
  given_how text not null,
  post_id uuid,
  code_digest text,
  code_until timestamp with time zone not null,
  accepted_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  ended_post_id uuid,
  named text,
  document_seen text,
  reason text,
  number text,
  constraint proxy_pkey PRIMARY KEY (id),
  constraint proxy_code_digest_key UNIQUE (code_digest),
  constraint proxy_number_key UNIQUE (number),
  constraint paper_of_the_window CHECK (((given_how = 'window'::text) OR (num_nonnulls(named, document_seen, reason, number) = 0))),
  constraint proxy_check CHECK ((proxy_id <> principal_id)),
  constraint proxy_check1 CHECK ((valid_to >= valid_from)),
  constraint proxy_check2 CHECK (((post_id IS NOT NULL) = (given_how = 'window'::text))),
  constraint proxy_check3 CHECK (((accepted_at IS NULL) = (proxy_id IS NULL))),
  constraint proxy_check4 CHECK (((ended_by = ANY (ARRAY['principal'::text, 'proxy'::text, 'officer'::text])) AND ((ended_by IS NULL) = (ended_at IS NULL)))),
  constraint proxy_code_digest_check CHECK ((code_digest ~ '^[0-9a-f]{64}$'::text)),
  constraint proxy_document_seen_check CHECK ((document_seen = ANY (ARRAY['id-card'::text, 'temporary-id-card'::text, 'hukou-book'::text]))),
  constraint proxy_given_how_check CHECK ((given_how = ANY (ARRAY['own'::text, 'window'::text]))),
  constraint proxy_matters_check CHECK (((cardinality(matters) >= 1) AND (cardinality(matters) <= 60))),
  constraint proxy_named_check CHECK (((char_length(named) >= 2) AND (char_length(named) <= 60))),
  constraint proxy_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 200)))
);
create table access.read_entry (
  id uuid not null,
  at timestamp with time zone not null,
  person_id uuid,
  operation text not null,
  purpose text not null,
  case_id uuid,
  account_id text not null,
  post_id uuid,
  request_id text not null,
  act bigint default platform.act_number() not null,
  person_mark bytea,
  constraint read_entry_pkey PRIMARY KEY (at, id),
  constraint of_somebody CHECK (((person_id IS NOT NULL) OR (person_mark IS NOT NULL)))
) partition by RANGE (at);
create table areas.area (
  code text collate "C" not null,
  name text not null,
  level text not null,
  parent_code text collate "C",
  valid_from date not null,
  valid_to date,
  successor_code text collate "C",
  source text not null,
  constraint area_pkey PRIMARY KEY (code),
  constraint area_level_check CHECK ((level = ANY (ARRAY['city'::text, 'district'::text, 'street'::text, 'community'::text]))),
  constraint code_has_the_length_of_its_level CHECK ((length(code) =
CASE level
    WHEN 'city'::text THEN 4
    WHEN 'district'::text THEN 6
    WHEN 'street'::text THEN 9
    ELSE 12
END)),
  constraint parent_is_a_prefix CHECK (((parent_code IS NULL) OR starts_with(code, parent_code)))
);
create table auth.account (
  id uuid default gen_random_uuid() not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint one_credential_per_provider UNIQUE ("userId", "providerId")
);
create table auth.challenge_used (
  digest bytea not null,
  used_at timestamp with time zone not null,
  constraint challenge_used_pkey PRIMARY KEY (digest)
);
create table auth.factor_reset (
  account_id uuid not null,
  with_password boolean not null,
  proposal_id uuid,
  digest text,
  expires_at timestamp with time zone,
  constraint factor_reset_pkey PRIMARY KEY (account_id),
  constraint factor_reset_digest_key UNIQUE (digest),
  constraint link_is_a_digest CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint link_whole CHECK (((digest IS NULL) = (expires_at IS NULL)))
);
create table auth.identity_link (
  issuer text not null,
  subject text not null,
  account_id uuid not null,
  linked_at timestamp with time zone not null,
  constraint identity_link_pkey PRIMARY KEY (issuer, subject),
  constraint one_identity_per_issuer UNIQUE (account_id, issuer)
);
create table auth.passkey (
  id uuid not null,
  account_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  device text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_credential_id_key UNIQUE (credential_id)
);
create table auth.pending_sign_in (
  digest text not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  tries integer default 0 not null,
  used_at timestamp with time zone,
  reset_digest text,
  constraint pending_sign_in_pkey PRIMARY KEY (digest),
  constraint pending_is_a_digest CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);
create table auth.phone_change (
  id uuid not null,
  account_id uuid not null,
  old_hash bytea not null,
  old_sealed bytea not null,
  changed_at timestamp with time zone not null,
  undo_digest text not null,
  undone_at timestamp with time zone,
  constraint phone_change_pkey PRIMARY KEY (id),
  constraint phone_change_undo_digest_key UNIQUE (undo_digest),
  constraint undo_is_a_digest CHECK ((undo_digest ~ '^[0-9a-f]{64}$'::text))
);
create table auth.phone_code (
  phone_hash bytea not null,
  code_hash bytea not null,
  replaced_hash bytea,
  expires_at timestamp with time zone not null,
  tries integer default 0 not null,
  used_at timestamp with time zone,
  used_on_try integer,
  created_at timestamp with time zone not null,
  constraint phone_code_pkey PRIMARY KEY (phone_hash),
  constraint used_once CHECK (((used_at IS NULL) = (used_on_try IS NULL)))
);
create unlogged table auth.rate (
  key text collate "C" not null,
  window_seconds integer not null,
  window_start timestamp with time zone not null,
  hits integer not null,
  constraint rate_pkey PRIMARY KEY (key, window_seconds)
);
create table auth.recovery_code (
  account_id uuid not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (account_id, code_hash)
);
create table auth.resident_email (
  account_id uuid not null,
  email_hash bytea not null,
  email_sealed bytea not null,
  proved_at timestamp with time zone not null,
  bounced_at timestamp with time zone,
  constraint resident_email_pkey PRIMARY KEY (account_id)
);
create table auth.resident_phone (
  account_id uuid not null,
  phone_hash bytea not null,
  phone_sealed bytea not null,
  created_at timestamp with time zone not null,
  signed_in_at timestamp with time zone,
  doubted_at timestamp with time zone,
  constraint resident_phone_pkey PRIMARY KEY (account_id),
  constraint one_account_per_phone UNIQUE (phone_hash)
);
create table auth.session (
  id uuid default gen_random_uuid() not null,
  "expiresAt" timestamp with time zone not null,
  token text not null,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null,
  second_factor_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint token_is_a_digest CHECK ((token ~ '^[0-9a-f]{64}$'::text))
);
create table auth.sign_in_failure (
  hour timestamp with time zone not null,
  how text not null,
  failures integer not null,
  constraint sign_in_failure_pkey PRIMARY KEY (hour, how),
  constraint sign_in_failure_how_check CHECK ((how = ANY (ARRAY['unknown'::text, 'password'::text, 'factor'::text])))
);
create table auth.sign_in_try (
  username_hash bytea not null,
  tries integer not null,
  last_at timestamp with time zone not null,
  what text default 'password'::text not null,
  account_id uuid,
  constraint sign_in_try_pkey PRIMARY KEY (username_hash),
  constraint sign_in_try_what_check CHECK ((what = ANY (ARRAY['password'::text, 'factor'::text, 'change'::text])))
);
create table auth.totp (
  account_id uuid not null,
  secret_sealed bytea not null,
  last_step bigint not null,
  created_at timestamp with time zone not null,
  constraint totp_pkey PRIMARY KEY (account_id)
);
create table auth."user" (
  id uuid default gen_random_uuid() not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  username text,
  kind text not null,
  stopped_at timestamp with time zone,
  deletion_asked_at timestamp with time zone,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email),
  constraint user_username_key UNIQUE (username),
  constraint asked_by_residents CHECK (((deletion_asked_at IS NULL) OR (kind = 'resident'::text))),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['resident'::text, 'staff'::text]))),
  constraint only_staff_have_a_username CHECK (((kind = 'staff'::text) = (username IS NOT NULL))),
  constraint residents_have_no_name_here CHECK (((kind = 'staff'::text) OR (name = ''::text)))
);
create table auth.verification (
  id uuid default gen_random_uuid() not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  constraint verification_pkey PRIMARY KEY (id)
);
create table care.view (
  id uuid not null,
  case_id uuid not null,
  round integer not null,
  part text not null,
  says text not null,
  sealed bytea,
  officer_id uuid not null,
  post_id uuid not null,
  document_id uuid,
  recorded_at timestamp with time zone not null,
  constraint view_pkey PRIMARY KEY (id),
  constraint each_part_once UNIQUE (case_id, round, part),
  constraint each_person_once UNIQUE (case_id, round, officer_id),
  constraint own_view_is_written CHECK (((says = 'own'::text) = (sealed IS NOT NULL))),
  constraint parts_say_what_they_can CHECK (
CASE part
    WHEN 'first'::text THEN (says = 'own'::text)
    WHEN 'second'::text THEN (says = ANY (ARRAY['own'::text, 'same'::text]))
    ELSE (says = ANY (ARRAY['first'::text, 'second'::text]))
END),
  constraint view_part_check CHECK ((part = ANY (ARRAY['first'::text, 'second'::text, 'third'::text]))),
  constraint view_round_check CHECK ((round >= 1)),
  constraint view_says_check CHECK ((says = ANY (ARRAY['own'::text, 'same'::text, 'first'::text, 'second'::text])))
);
create table cases.answer (
  case_id uuid not null,
  question text not null,
  version integer not null,
  sealed bytea not null,
  recorded_at timestamp with time zone not null,
  constraint answer_pkey PRIMARY KEY (case_id, question, version)
);
create table cases."case" (
  id uuid not null,
  number text not null,
  street text collate "C" not null,
  matter_code text not null,
  matter_version integer not null,
  pack_hash text not null,
  domain text not null,
  origin_area text collate "C" not null,
  handling_area text collate "C" not null,
  applicant_id uuid,
  surname text not null,
  channel text not null,
  received_by uuid,
  received_at timestamp with time zone not null,
  status text not null,
  open boolean generated always as ((status <> ALL (ARRAY['closed'::text, 'not_accepted'::text, 'withdrawn'::text]))) stored not null,
  step text,
  accepted_on date,
  due_at timestamp with time zone,
  due_provisional boolean default false not null,
  told_due_at timestamp with time zone,
  pauses jsonb default '[]'::jsonb not null,
  correction jsonb,
  extension jsonb,
  notice jsonb,
  survey jsonb,
  lapse_basis jsonb,
  awaits text[] default '{}'::text[] not null,
  outcome text,
  amount_fen bigint,
  decided_at timestamp with time zone,
  issued_at timestamp with time zone,
  delivered_at timestamp with time zone,
  closed_at timestamp with time zone,
  rating integer,
  seq integer not null,
  restricted_at timestamp with time zone,
  stripped_at timestamp with time zone,
  about text default ''::text not null,
  constraint case_pkey PRIMARY KEY (id),
  constraint number_once_a_street UNIQUE (street, number),
  constraint case_channel_check CHECK ((channel = ANY (ARRAY['phone'::text, 'window'::text]))),
  constraint case_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text]))),
  constraint case_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
  constraint case_status_check CHECK ((status = ANY (ARRAY['received'::text, 'correcting'::text, 'accepted'::text, 'paused'::text, 'decided'::text, 'closed'::text, 'not_accepted'::text, 'withdrawn'::text]))),
  constraint only_ended_cases_are_put_away CHECK (((restricted_at IS NULL) OR (status = ANY (ARRAY['closed'::text, 'not_accepted'::text, 'withdrawn'::text])))),
  constraint somebodys_until_stripped CHECK (((applicant_id IS NOT NULL) OR (stripped_at IS NOT NULL))),
  constraint stripped_is_put_away CHECK (((stripped_at IS NULL) OR (restricted_at IS NOT NULL)))
);
create table cases.counter (
  street text collate "C" not null,
  day date not null,
  n integer not null,
  constraint counter_pkey PRIMARY KEY (street, day)
);
create table cases.draft (
  id uuid not null,
  account_id text not null,
  person_id uuid,
  matter_code text not null,
  pack_hash text not null,
  answers_sealed bytea not null,
  step text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  submitted_case_id uuid,
  proxy_id uuid,
  constraint draft_pkey PRIMARY KEY (id),
  constraint written_for_somebody CHECK (((proxy_id IS NULL) OR (person_id IS NOT NULL)))
);
create table cases.notice (
  id uuid not null,
  case_id uuid not null,
  area text collate "C" not null,
  matter_code text not null,
  shown_name text not null,
  size integer,
  starts_on date not null,
  ends_on date not null,
  taken_down_at timestamp with time zone,
  published_at timestamp with time zone not null,
  constraint notice_pkey PRIMARY KEY (id)
);
create table cases.objection (
  id uuid not null,
  notice_id uuid not null,
  case_id uuid not null,
  account_id text not null,
  person_id uuid not null,
  sealed bytea not null,
  made_at timestamp with time zone not null,
  answer text,
  answered_at timestamp with time zone,
  answered_by uuid,
  constraint objection_pkey PRIMARY KEY (id)
);
create table cases.permit_reminder (
  person_id uuid not null,
  permit_until date not null,
  days integer not null,
  told_at timestamp with time zone not null,
  constraint permit_reminder_pkey PRIMARY KEY (person_id, permit_until, days),
  constraint permit_reminder_days_check CHECK ((days >= 0))
);
create table cases.timeline (
  case_id uuid not null,
  seq integer not null,
  fact text not null,
  payload jsonb not null,
  actor_kind text not null,
  account_id text,
  post_id uuid,
  schedule text,
  recorded_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  constraint timeline_pkey PRIMARY KEY (case_id, seq)
);
create table cases.unit_member (
  id uuid not null,
  case_id uuid not null,
  matter_code text not null,
  case_number text not null,
  applicant_name text not null,
  applied_on date not null,
  person_id uuid,
  name text not null,
  relation text not null,
  born_on date,
  adult boolean not null,
  id_number_sealed bytea,
  monthly_income_fen bigint,
  authorised_at timestamp with time zone,
  authorised_how text,
  recorded_at timestamp with time zone not null,
  constraint unit_member_pkey PRIMARY KEY (id),
  constraint unit_member_authorised_how_check CHECK ((authorised_how = ANY (ARRAY['account'::text, 'paper'::text])))
);
create table coordination.counter (
  street text collate "C" not null,
  day date not null,
  n integer not null,
  constraint counter_pkey PRIMARY KEY (street, day)
);
create table coordination.timeline (
  whistle_id uuid not null,
  seq integer not null,
  fact text not null,
  payload jsonb not null,
  actor_kind text not null,
  account_id text,
  post_id uuid,
  schedule text,
  recorded_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  constraint timeline_pkey PRIMARY KEY (whistle_id, seq)
);
create table coordination.whistle (
  id uuid not null,
  number text not null,
  street text collate "C" not null,
  area text collate "C" not null,
  incident_id uuid,
  kind text not null,
  what text not null,
  place text not null,
  lead_unit_id uuid not null,
  blown_by uuid not null,
  blown_at timestamp with time zone not null,
  status text not null,
  open boolean generated always as ((status = ANY (ARRAY['open'::text, 'done'::text]))) stored not null,
  parts jsonb not null,
  ratings jsonb default '[]'::jsonb not null,
  unit_ids uuid[] not null,
  waiting_units uuid[] not null,
  decision_wanted boolean default false not null,
  rating_wanted boolean default false not null,
  due_at timestamp with time zone,
  answer_due_at timestamp with time zone,
  deciders uuid[] default '{}'::uuid[] not null,
  closed_at timestamp with time zone,
  seq integer not null,
  decision_due_at timestamp with time zone,
  constraint whistle_pkey PRIMARY KEY (id),
  constraint whistle_number_once_a_street UNIQUE (street, number),
  constraint whistle_calls_somebody CHECK (((jsonb_array_length(parts) > 0) AND (lead_unit_id = ANY (unit_ids)))),
  constraint whistle_status_check CHECK ((status = ANY (ARRAY['open'::text, 'done'::text, 'closed'::text, 'withdrawn'::text]))),
  constraint who_blew_never_decides CHECK ((blown_by <> ALL (deciders)))
);
create table documents.counter (
  organ text collate "C" not null,
  kind text not null,
  year integer not null,
  n integer not null,
  constraint counter_pkey PRIMARY KEY (organ, kind, year)
);
create table documents.derivative (
  file_id uuid not null,
  kind text not null,
  recipe integer not null,
  stored_name text not null,
  wrapped_key bytea not null,
  sha256 bytea not null,
  size bigint not null,
  width integer,
  height integer,
  made_at timestamp with time zone not null,
  tried_at timestamp with time zone,
  constraint derivative_pkey PRIMARY KEY (file_id, kind),
  constraint derivative_stored_name_key UNIQUE (stored_name),
  constraint derivative_kind_check CHECK ((kind = ANY (ARRAY['shown'::text, 'preview'::text])))
);
create table documents.document (
  id uuid not null,
  kind text not null,
  number text not null,
  case_id uuid not null,
  street text collate "C" not null,
  matter_code text not null,
  model_sealed bytea not null,
  seq integer not null,
  issuer text not null,
  issued_by uuid,
  issued_at timestamp with time zone not null,
  void_at timestamp with time zone,
  void_why text,
  constraint document_pkey PRIMARY KEY (id),
  constraint a_number_once UNIQUE (number)
);
create table documents.erased (
  file_id uuid not null,
  removed_at timestamp with time zone not null,
  removed_by text not null,
  erased_at timestamp with time zone not null,
  constraint erased_pkey PRIMARY KEY (file_id)
);
create table documents.file (
  id uuid not null,
  stored_name text not null,
  wrapped_key bytea not null,
  sha256 bytea not null,
  size bigint not null,
  media_type text not null,
  name_sealed bytea not null,
  account_id text,
  person_id uuid,
  draft_id uuid,
  case_id uuid,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  removed_by text,
  photo_id uuid,
  constraint file_pkey PRIMARY KEY (id),
  constraint file_stored_name_key UNIQUE (stored_name),
  constraint marked_whole CHECK (((removed_at IS NULL) = (removed_by IS NULL)))
);
create table documents.material (
  id uuid not null,
  draft_id uuid,
  case_id uuid,
  material text not null,
  file_id uuid not null,
  added_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  withdrawn_why text,
  constraint material_pkey PRIMARY KEY (id)
);
create table documents.print (
  document_id uuid not null,
  file_id uuid not null,
  signature bytea not null,
  key_id text not null,
  printed_at timestamp with time zone not null,
  constraint print_pkey PRIMARY KEY (document_id)
);
create table documents.print_failure (
  document_id uuid not null,
  attempts integer not null,
  last_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  reason text not null,
  constraint print_failure_pkey PRIMARY KEY (document_id)
);
create table documents.unreferenced (
  stored_name text not null,
  found_at timestamp with time zone not null,
  constraint unreferenced_pkey PRIMARY KEY (stored_name)
);
create table grid.api_key (
  id uuid not null,
  area text collate "C" not null,
  name text not null,
  keeper text not null,
  key_hash bytea not null,
  per_minute integer not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  last_used_on date,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_key_hash_key UNIQUE (key_hash),
  constraint api_key_per_minute_check CHECK (((per_minute >= 1) AND (per_minute <= 300)))
);
create table grid.assignment (
  id uuid not null,
  grid_code text not null,
  area text collate "C" not null,
  post_id uuid not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  demo boolean default false not null,
  constraint assignment_pkey PRIMARY KEY (id),
  constraint ended_by_somebody CHECK ((num_nulls(ended_at, ended_by) = ANY (ARRAY[0, 2])))
);
create table grid.counter (
  street text collate "C" not null,
  day date not null,
  n integer not null,
  constraint counter_pkey PRIMARY KEY (street, day)
);
create table grid.crossing (
  id uuid not null,
  name text not null,
  street text collate "C" not null,
  lon double precision not null,
  lat double precision not null,
  source text not null,
  demo boolean default false not null,
  constraint crossing_pkey PRIMARY KEY (id)
);
create table grid.dwelling_grid (
  dwelling_id uuid not null,
  grid_id uuid not null,
  area text collate "C" not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid,
  constraint dwelling_grid_pkey PRIMARY KEY (dwelling_id)
);
create table grid.dwelling_point (
  dwelling_id uuid not null,
  area text collate "C" not null,
  lon double precision not null,
  lat double precision not null,
  crs text not null,
  source text not null,
  demo boolean default false not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid,
  constraint dwelling_point_pkey PRIMARY KEY (dwelling_id),
  constraint dwelling_point_crs_check CHECK ((crs = ANY (ARRAY['CGCS2000'::text, 'WGS84'::text, 'GCJ02'::text]))),
  constraint dwelling_point_source_check CHECK (((char_length(source) >= 1) AND (char_length(source) <= 200)))
);
create table grid.facility (
  id uuid not null,
  token uuid not null,
  code text not null,
  class_code text not null,
  name text not null,
  area text collate "C" not null,
  grid_id uuid,
  lon double precision not null,
  lat double precision not null,
  crs text not null,
  source text not null,
  demo boolean default false not null,
  recorded_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint facility_pkey PRIMARY KEY (id),
  constraint facility_code_key UNIQUE (code),
  constraint facility_token_key UNIQUE (token),
  constraint facility_crs_check CHECK ((crs = ANY (ARRAY['CGCS2000'::text, 'WGS84'::text, 'GCJ02'::text])))
);
create table grid.field_device (
  id uuid not null,
  post_id uuid not null,
  area text collate "C" not null,
  lock_sealed bytea not null,
  registered_at timestamp with time zone not null,
  last_contact_at timestamp with time zone not null,
  clock_off_s integer default 0 not null,
  recovered_at timestamp with time zone,
  recovered_by uuid,
  constraint field_device_pkey PRIMARY KEY (id, post_id)
);
create table grid.field_record (
  id uuid not null,
  post_id uuid not null,
  device_id uuid not null,
  of_post uuid,
  kind text not null,
  area text collate "C" not null,
  incident_id uuid,
  body_hash bytea not null,
  sealed bytea,
  answer jsonb,
  seen_at timestamp with time zone not null,
  sent_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  stripped_at timestamp with time zone,
  task_id uuid,
  constraint field_record_pkey PRIMARY KEY (id),
  constraint field_record_kind_check CHECK ((kind = ANY (ARRAY['report'::text, 'check'::text, 'visit'::text, 'task'::text])))
);
create table grid.grid (
  id uuid not null,
  code text not null,
  name text not null,
  area text collate "C" not null,
  boundary jsonb not null,
  crs text not null,
  west double precision not null,
  south double precision not null,
  east double precision not null,
  north double precision not null,
  valid_from date not null,
  valid_to date,
  source text not null,
  demo boolean default false not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid,
  why text,
  ended_by uuid,
  ended_why text,
  constraint grid_pkey PRIMARY KEY (id),
  constraint dates_in_order CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint grid_crs_check CHECK ((crs = ANY (ARRAY['CGCS2000'::text, 'WGS84'::text, 'GCJ02'::text]))),
  constraint grid_ended_why_check CHECK (((char_length(ended_why) >= 1) AND (char_length(ended_why) <= 500))),
  constraint grid_why_check CHECK (((char_length(why) >= 1) AND (char_length(why) <= 500))),
  constraint of_a_community CHECK ((length(area) = 12))
);
create table grid.incident (
  id uuid not null,
  public_id uuid not null,
  number text not null,
  street text collate "C" not null,
  area text collate "C" not null,
  grid_id uuid,
  channel text not null,
  class_code text not null,
  condition text,
  level text not null,
  pack_hash text not null,
  facility_id uuid,
  lon double precision,
  lat double precision,
  crs text,
  shown_lon double precision,
  shown_lat double precision,
  shown_place text,
  reported_at timestamp with time zone not null,
  status text not null,
  open boolean generated always as ((status <> ALL (ARRAY['closed'::text, 'not_filed'::text, 'void'::text, 'linked'::text]))) stored not null,
  shown boolean default false not null,
  title text,
  parent_id uuid,
  round integer default 1 not null,
  unit_id uuid,
  verified_by uuid,
  filed_by uuid,
  dispatched_by uuid,
  handled_by uuid,
  stage_due_at timestamp with time zone,
  due_at timestamp with time zone,
  due_provisional boolean default false not null,
  pauses jsonb default '[]'::jsonb not null,
  extension jsonb,
  handled_at timestamp with time zone,
  checked_at timestamp with time zone,
  word_by timestamp with time zone,
  closed_at timestamp with time zone,
  outcome text,
  was_late boolean default false not null,
  seq integer not null,
  hidden_with text,
  constraint incident_pkey PRIMARY KEY (id),
  constraint incident_public_id_key UNIQUE (public_id),
  constraint number_once_a_street UNIQUE (street, number),
  constraint incident_channel_check CHECK ((channel = ANY (ARRAY['page'::text, 'worker'::text, 'phone'::text, 'open311'::text, 'inspection'::text]))),
  constraint incident_crs_check CHECK ((crs = ANY (ARRAY['CGCS2000'::text, 'WGS84'::text, 'GCJ02'::text]))),
  constraint incident_level_check CHECK ((level = ANY (ARRAY['A'::text, 'B'::text, 'C'::text]))),
  constraint incident_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'checked'::text, 'unconfirmed'::text, 'not_solved'::text]))),
  constraint incident_status_check CHECK ((status = ANY (ARRAY['reported'::text, 'verified'::text, 'filed'::text, 'dispatched'::text, 'handling'::text, 'hung'::text, 'handled'::text, 'checked'::text, 'closed'::text, 'not_filed'::text, 'void'::text, 'linked'::text]))),
  constraint linked_to_another CHECK ((((status = 'linked'::text) = (parent_id IS NOT NULL)) AND (parent_id IS DISTINCT FROM id))),
  constraint outcome_of_what_closed CHECK (((status = 'closed'::text) = (outcome IS NOT NULL))),
  constraint place_is_whole CHECK ((((lon IS NULL) = (lat IS NULL)) AND ((lon IS NULL) = (crs IS NULL)))),
  constraint who_verifies_never_dispatches CHECK (((dispatched_by IS NULL) OR ((dispatched_by IS DISTINCT FROM verified_by) AND (dispatched_by IS DISTINCT FROM filed_by))))
);
create table grid.outline (
  id uuid not null,
  area text collate "C" not null,
  boundary jsonb not null,
  crs text not null,
  valid_from date not null,
  valid_to date,
  source text not null,
  demo boolean default false not null,
  why text,
  recorded_at timestamp with time zone not null,
  recorded_by uuid,
  ended_by uuid,
  constraint outline_pkey PRIMARY KEY (id),
  constraint dates_in_order CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint of_a_community CHECK ((length(area) = 12)),
  constraint outline_crs_check CHECK ((crs = ANY (ARRAY['CGCS2000'::text, 'WGS84'::text, 'GCJ02'::text]))),
  constraint outline_source_check CHECK (((char_length(source) >= 1) AND (char_length(source) <= 200))),
  constraint outline_why_check CHECK (((char_length(why) >= 1) AND (char_length(why) <= 500)))
);
create table grid.photo (
  id uuid not null,
  report_id uuid,
  incident_id uuid,
  fact_seq integer,
  file_id uuid not null,
  sha256 bytea not null,
  shown boolean default false not null,
  added_at timestamp with time zone not null,
  post_id uuid,
  cleared_at timestamp with time zone,
  cleared_by uuid,
  said_at timestamp with time zone,
  looks bit(64),
  street text collate "C",
  left_by text collate "C",
  constraint photo_pkey PRIMARY KEY (id),
  constraint said_by_a_reporter CHECK (((said_at IS NULL) OR (report_id IS NOT NULL))),
  constraint waits_or_belongs_to_one CHECK (((num_nonnulls(report_id, fact_seq) <=
CASE
    WHEN (incident_id IS NULL) THEN 0
    ELSE 1
END) AND ((incident_id IS NOT NULL) OR (NOT shown))))
);
create table grid.report (
  id uuid not null,
  token uuid not null,
  incident_id uuid not null,
  channel text not null,
  sealed bytea not null,
  said_again_sealed bytea,
  account_id text,
  person_id uuid,
  post_id uuid,
  api_key_id uuid,
  lon double precision,
  lat double precision,
  crs text,
  seen_at timestamp with time zone not null,
  reported_at timestamp with time zone not null,
  stripped_at timestamp with time zone,
  constraint report_pkey PRIMARY KEY (id),
  constraint report_token_key UNIQUE (token)
);
create table grid.task (
  id uuid not null,
  area text collate "C" not null,
  item_code text not null,
  pack_hash text not null,
  line text not null,
  organisation_id uuid not null,
  what text not null,
  due_on date not null,
  status text not null,
  open boolean generated always as ((status = ANY (ARRAY['pushed'::text, 'given'::text, 'done'::text]))) stored not null,
  worker_id uuid,
  pushed_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  seq integer not null,
  constraint task_pkey PRIMARY KEY (id),
  constraint done_by_somebody CHECK (((status <> ALL (ARRAY['given'::text, 'done'::text, 'closed'::text])) OR (worker_id IS NOT NULL))),
  constraint ended_when_it_is_over CHECK (((status = ANY (ARRAY['closed'::text, 'returned'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL))),
  constraint task_area_check CHECK ((length(area) = 12)),
  constraint task_status_check CHECK ((status = ANY (ARRAY['pushed'::text, 'given'::text, 'done'::text, 'closed'::text, 'returned'::text, 'withdrawn'::text]))),
  constraint task_what_check CHECK (((char_length(what) >= 1) AND (char_length(what) <= 1000)))
);
create table grid.task_timeline (
  task_id uuid not null,
  seq integer not null,
  fact text not null,
  payload jsonb not null,
  actor_kind text not null,
  account_id text,
  post_id uuid,
  schedule text,
  recorded_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  constraint task_timeline_pkey PRIMARY KEY (task_id, seq)
);
create table grid.timeline (
  incident_id uuid not null,
  seq integer not null,
  fact text not null,
  payload jsonb not null,
  actor_kind text not null,
  account_id text,
  post_id uuid,
  schedule text,
  recorded_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  constraint timeline_pkey PRIMARY KEY (incident_id, seq)
);
create table hazards.counter (
  street text collate "C" not null,
  day date not null,
  n integer not null,
  constraint counter_pkey PRIMARY KEY (street, day)
);
create table hazards.hazard (
  id uuid not null,
  number text not null,
  street text collate "C" not null,
  area text collate "C" not null,
  handling_area text collate "C" not null,
  domain text not null,
  kind text not null,
  grade text,
  place_kind text,
  place text not null,
  found text,
  status text not null,
  open boolean generated always as ((status <> ALL (ARRAY['closed'::text, 'dismissed'::text]))) stored not null,
  transfer jsonb,
  items jsonb,
  standing_order jsonb,
  clock jsonb,
  due_at timestamp with time zone,
  due_provisional boolean default false not null,
  told_due_at timestamp with time zone,
  look_from date,
  awaits text[] default '{}'::text[] not null,
  registered_by uuid,
  said_done_by uuid,
  rechecked_by uuid,
  papers integer default 0 not null,
  came_back integer default 0 not null,
  failed integer default 0 not null,
  same_as uuid,
  answer text,
  opened_by uuid,
  opened_at timestamp with time zone not null,
  struck_off_at timestamp with time zone,
  ended_at timestamp with time zone,
  seq integer not null,
  transferred boolean generated always as ((transfer IS NOT NULL)) stored not null,
  taken_on boolean generated always as (((transfer ->> 'receipt'::text) IS NOT NULL)) stored not null,
  ordered boolean generated always as ((standing_order IS NOT NULL)) stored not null,
  numbered_by_street boolean default false not null,
  constraint hazard_pkey PRIMARY KEY (id),
  constraint number_once_a_street UNIQUE (street, number),
  constraint a_place_belongs_to_its_street CHECK (((street = "left"(area, 9)) AND starts_with(area, handling_area))),
  constraint ended_has_its_time CHECK (((ended_at IS NOT NULL) = (status = ANY (ARRAY['closed'::text, 'dismissed'::text])))),
  constraint five_items_before_repair CHECK (((status <> ALL (ARRAY['rectifying'::text, 'rectified'::text, 'passed'::text, 'struck_off'::text])) OR ((((items ->> 'person'::text) ~ '\S'::text) AND ((items ->> 'measures'::text) ~ '\S'::text) AND ((items ->> 'funds'::text) ~ '\S'::text) AND ((items ->> 'until'::text) ~ '\S'::text) AND ((items ->> 'plan'::text) ~ '\S'::text)) IS TRUE))),
  constraint hazard_grade_check CHECK ((grade = ANY (ARRAY['general'::text, 'serious'::text]))),
  constraint hazard_place_kind_check CHECK ((place_kind = ANY (ARRAY['shop'::text, 'building'::text, 'home'::text, 'public'::text]))),
  constraint hazard_status_check CHECK ((status = ANY (ARRAY['reported'::text, 'registered'::text, 'told'::text, 'rectifying'::text, 'rectified'::text, 'passed'::text, 'struck_off'::text, 'closed'::text, 'dismissed'::text]))),
  constraint recheck_by_another CHECK (((rechecked_by IS NULL) OR ((rechecked_by IS DISTINCT FROM registered_by) AND (rechecked_by IS DISTINCT FROM said_done_by)))),
  constraint registered_is_graded CHECK (((status = ANY (ARRAY['reported'::text, 'dismissed'::text])) OR ((grade IS NOT NULL) AND (place_kind IS NOT NULL) AND (found IS NOT NULL))))
);
create table hazards.keeper (
  hazard_id uuid not null,
  person_id uuid,
  name_sealed bytea not null,
  recorded_at timestamp with time zone not null,
  constraint keeper_pkey PRIMARY KEY (hazard_id)
);
create table hazards.report (
  hazard_id uuid not null,
  account_id text not null,
  words_sealed bytea not null,
  made_at timestamp with time zone not null,
  constraint report_pkey PRIMARY KEY (hazard_id)
);
create table hazards.timeline (
  hazard_id uuid not null,
  seq integer not null,
  fact text not null,
  payload jsonb not null,
  actor_kind text not null,
  account_id text,
  post_id uuid,
  schedule text,
  recorded_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  constraint timeline_pkey PRIMARY KEY (hazard_id, seq)
);
create table matters.calendar_day (
  day date not null,
  kind text not null,
  name text not null,
  source_notice text not null,
  constraint calendar_day_pkey PRIMARY KEY (day),
  constraint calendar_day_kind_check CHECK ((kind = ANY (ARRAY['off'::text, 'work'::text])))
);
create table matters.pack (
  hash text not null,
  code text not null,
  content jsonb not null,
  loaded_at timestamp with time zone not null,
  loaded_by text,
  texts jsonb default '{}'::jsonb not null,
  constraint pack_pkey PRIMARY KEY (hash)
);
create table messages.channel_choice (
  account_id text not null,
  channel text not null,
  wanted boolean not null,
  chosen_at timestamp with time zone not null,
  constraint channel_choice_pkey PRIMARY KEY (account_id, channel),
  constraint channel_choice_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
);
create table messages.demo_outbox (
  id uuid not null,
  tail text not null,
  to_blind bytea not null,
  text_sealed bytea not null,
  sent_at timestamp with time zone not null,
  note boolean default false not null,
  channel text default 'sms'::text not null,
  reference uuid,
  constraint demo_outbox_pkey PRIMARY KEY (id),
  constraint demo_outbox_reference_key UNIQUE (reference),
  constraint demo_outbox_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
);
create table messages.dispatch (
  id uuid not null,
  message_id uuid not null,
  person_id uuid not null,
  channel text not null,
  urgent boolean not null,
  state text not null,
  not_before timestamp with time zone not null,
  attempts integer default 0 not null,
  parcel_id uuid,
  first_claimed_at timestamp with time zone,
  claimed_at timestamp with time zone,
  failing_since timestamp with time zone,
  fault text,
  receipt text,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  undelivered_at timestamp with time zone,
  decided_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint dispatch_pkey PRIMARY KEY (id),
  constraint once_a_channel UNIQUE (message_id, channel),
  constraint dispatch_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint dispatch_state_check CHECK ((state = ANY (ARRAY['due'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unclear'::text, 'skipped'::text]))),
  constraint one_end CHECK (((delivered_at IS NULL) OR (undelivered_at IS NULL))),
  constraint sent_has_its_time CHECK (((state <> 'sent'::text) OR (sent_at IS NOT NULL))),
  constraint settled_or_open CHECK (((settled_at IS NULL) = (state = ANY (ARRAY['due'::text, 'sending'::text]))))
);
create table messages.message (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  params jsonb not null,
  case_id uuid,
  made_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint message_pkey PRIMARY KEY (id)
);
create table messages.sweep (
  one boolean default true not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null,
  constraint sweep_pkey PRIMARY KEY (one),
  constraint sweep_one_check CHECK (one)
);
create table outreach.changed (
  id bigint generated always as identity not null,
  person_id uuid not null,
  constraint changed_pkey PRIMARY KEY (id)
);
create table outreach.found (
  run_id uuid not null,
  person_id uuid not null,
  area text collate "C" not null,
  hidden boolean not null,
  list text not null,
  missing text[] not null,
  presumed text[] not null,
  amount_fen bigint,
  constraint found_pkey PRIMARY KEY (run_id, person_id),
  constraint found_amount_fen_check CHECK ((amount_fen > 0)),
  constraint found_check CHECK (((cardinality(missing) = 0) = (list = 'fits'::text))),
  constraint found_check1 CHECK ((presumed <@ missing)),
  constraint found_list_check CHECK ((list = ANY (ARRAY['fits'::text, 'confirm'::text])))
);
create table outreach.opt_out (
  person_id uuid not null,
  matter_code text not null,
  since timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint opt_out_pkey PRIMARY KEY (person_id, matter_code, since)
);
create table outreach.person (
  person_id uuid not null,
  area text collate "C" not null,
  hidden boolean not null,
  applied text[] not null,
  known integer not null,
  born_on date,
  sex text,
  hukou_area text collate "C",
  dwelling_area text collate "C",
  residence_since date,
  receives text[],
  monthly_income_fen bigint,
  disability_kind text,
  disability_grade integer,
  permit_since date,
  permit_until date,
  dwelling_persons integer,
  household_persons integer,
  unit_size integer,
  unit_income_fen bigint,
  constraint person_pkey PRIMARY KEY (person_id),
  constraint person_born_on_check CHECK (((born_on >= '1600-01-01'::date) AND (born_on <= '2400-12-31'::date))),
  constraint person_disability_grade_check CHECK (((disability_grade >= 1) AND (disability_grade <= 4))),
  constraint person_dwelling_persons_check CHECK (((dwelling_persons >= 1) AND (dwelling_persons <= 1000000))),
  constraint person_household_persons_check CHECK (((household_persons >= 1) AND (household_persons <= 1000000))),
  constraint person_monthly_income_fen_check CHECK (((monthly_income_fen >= 0) AND (monthly_income_fen <= '1000000000000'::bigint))),
  constraint person_permit_since_check CHECK (((permit_since >= '1600-01-01'::date) AND (permit_since <= '2400-12-31'::date))),
  constraint person_permit_until_check CHECK (((permit_until >= '1600-01-01'::date) AND (permit_until <= '2400-12-31'::date))),
  constraint person_residence_since_check CHECK (((residence_since >= '1600-01-01'::date) AND (residence_since <= '2400-12-31'::date))),
  constraint person_unit_income_fen_check CHECK (((unit_income_fen >= 0) AND (unit_income_fen <= '1000000000000000'::bigint))),
  constraint person_unit_size_check CHECK (((unit_size >= 1) AND (unit_size <= 1000000)))
);
create table outreach.run (
  id uuid not null,
  matter_code text not null,
  domain text not null,
  area text collate "C" not null,
  pack_hash text,
  day date,
  known_at timestamp with time zone,
  rules text[],
  asked text[],
  parameters jsonb,
  status text default 'waiting'::text not null,
  why text,
  total_communities integer default 0 not null,
  done_communities integer default 0 not null,
  reached text collate "C" default ''::text not null,
  chain bytea,
  fits integer default 0 not null,
  confirm integer default 0 not null,
  unfit integer default 0 not null,
  hash text,
  requested_by uuid,
  requested_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  cancelled_by uuid,
  expires_on date,
  constraint run_pkey PRIMARY KEY (id),
  constraint run_check CHECK (((why = ANY (ARRAY['no_snapshot'::text, 'not_searched'::text, 'broken'::text])) AND ((why IS NOT NULL) = (status = 'failed'::text)))),
  constraint run_check1 CHECK (((done_communities >= 0) AND (done_communities <= total_communities))),
  constraint run_check2 CHECK (((hash ~ '^[0-9a-f]{64}$'::text) AND ((hash IS NOT NULL) = (status = 'done'::text)))),
  constraint run_check3 CHECK (((cancelled_by IS NOT NULL) = (status = 'cancelled'::text))),
  constraint run_check4 CHECK (((expires_on IS NOT NULL) = (status = 'done'::text))),
  constraint run_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text]))),
  constraint run_total_communities_check CHECK ((total_communities >= 0)),
  constraint what_it_stands_on CHECK (((status = ANY (ARRAY['waiting'::text, 'cancelled'::text, 'failed'::text])) OR (num_nulls(pack_hash, day, known_at, rules, asked, parameters, chain, started_at) = 0)))
);
create table outreach.run_count (
  run_id uuid not null,
  area text collate "C" not null,
  list text not null,
  persons integer not null,
  constraint run_count_pkey PRIMARY KEY (run_id, area, list),
  constraint run_count_list_check CHECK ((list = ANY (ARRAY['fits'::text, 'confirm'::text, 'unfit'::text]))),
  constraint run_count_persons_check CHECK ((persons > 0))
);
create table outreach.snapshot (
  id boolean default true not null,
  day date not null,
  known_at timestamp with time zone not null,
  persons integer not null,
  root text collate "C",
  constraint snapshot_pkey PRIMARY KEY (id),
  constraint snapshot_id_check CHECK (id),
  constraint snapshot_persons_check CHECK ((persons >= 0))
);
create table outreach.told (
  person_id uuid not null,
  matter_code text not null,
  run_id uuid not null,
  told_at timestamp with time zone not null,
  constraint told_pkey PRIMARY KEY (person_id, matter_code)
);
create table outreach.told_run (
  run_id uuid not null,
  told_at timestamp with time zone not null,
  constraint told_run_pkey PRIMARY KEY (run_id)
);
create table outreach.visit (
  id uuid not null,
  person_id uuid not null,
  matter_code text not null,
  domain text not null,
  area text collate "C" not null,
  result text not null,
  at timestamp with time zone not null,
  post_id uuid not null,
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_result_check CHECK ((result = ANY (ARRAY['told'::text, 'not_home'::text, 'not_wanted'::text])))
);
create table outreach.visit_taken_back (
  visit_id uuid not null,
  why text not null,
  at timestamp with time zone not null,
  post_id uuid not null,
  constraint visit_taken_back_pkey PRIMARY KEY (visit_id),
  constraint visit_taken_back_why_check CHECK ((why = ANY (ARRAY['other_person'::text, 'other_result'::text, 'no_visit'::text])))
);
create table people.bank_account (
  id uuid not null,
  person_id uuid not null,
  account_sealed bytea not null,
  last_four text not null,
  bank text,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint bank_account_pkey PRIMARY KEY (id),
  constraint one_account_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&),
  constraint bank_account_last_four_check CHECK ((length(last_four) = 4))
);
create table people.benefit_receipt (
  id uuid not null,
  person_id uuid not null,
  matter_code text not null,
  amount_fen bigint,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint benefit_receipt_pkey PRIMARY KEY (id),
  constraint a_benefit_once_at_a_time EXCLUDE USING gist (person_id WITH =, matter_code WITH =, during WITH &&)
);
create table people.disability_certificate (
  id uuid not null,
  person_id uuid not null,
  kind text,
  grade integer not null,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint disability_certificate_pkey PRIMARY KEY (id),
  constraint one_certificate_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&),
  constraint disability_certificate_grade_check CHECK (((grade >= 1) AND (grade <= 4))),
  constraint disability_certificate_kind_check CHECK ((kind = ANY (ARRAY['sight'::text, 'hearing'::text, 'speech'::text, 'physical'::text, 'intellectual'::text, 'multiple'::text])))
);
create table people.dwelling (
  id uuid not null,
  area text collate "C" not null,
  address text not null,
  recorded_at timestamp with time zone not null,
  constraint dwelling_pkey PRIMARY KEY (id)
);
create table people.dwelling_occupancy (
  id uuid not null,
  person_id uuid not null,
  dwelling_id uuid not null,
  area text collate "C" not null,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint dwelling_occupancy_pkey PRIMARY KEY (id),
  constraint one_home_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&)
);
create table people.hukou_household (
  id uuid not null,
  area text collate "C" not null,
  number text not null,
  recorded_at timestamp with time zone not null,
  constraint hukou_household_pkey PRIMARY KEY (id),
  constraint hukou_household_number_key UNIQUE (number)
);
create table people.hukou_spell (
  id uuid not null,
  person_id uuid not null,
  household_id uuid,
  area text collate "C" not null,
  relation text not null,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint hukou_spell_pkey PRIMARY KEY (id),
  constraint one_hukou_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&)
);
create table people.income_declaration (
  id uuid not null,
  person_id uuid not null,
  monthly_fen bigint not null,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint income_declaration_pkey PRIMARY KEY (id),
  constraint one_income_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&),
  constraint income_declaration_monthly_fen_check CHECK ((monthly_fen >= 0))
);
create table people.person (
  id uuid not null,
  name text not null,
  sex text,
  born_on date,
  id_number_sealed bytea,
  id_number_blind bytea,
  phone_sealed bytea,
  phone_blind bytea,
  living_area text collate "C",
  hukou_area text collate "C",
  safety_flag boolean default false not null,
  recorded_at timestamp with time zone not null,
  source text not null,
  constraint person_pkey PRIMARY KEY (id),
  constraint person_id_number_blind_key UNIQUE (id_number_blind),
  constraint person_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text])))
);
create table people.residence_permit (
  id uuid not null,
  person_id uuid not null,
  area text collate "C" not null,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint residence_permit_pkey PRIMARY KEY (id),
  constraint one_permit_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&),
  constraint residence_permit_during_check CHECK ((isempty(during) OR ((lower(during) IS NOT NULL) AND (upper(during) IS NOT NULL))))
);
create table people.residence_spell (
  id uuid not null,
  person_id uuid not null,
  area text collate "C" not null,
  during daterange not null,
  source text not null,
  method text not null,
  case_id uuid,
  recorded_at timestamp with time zone not null,
  constraint residence_spell_pkey PRIMARY KEY (id),
  constraint one_registration_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&)
);
create table platform.audit (
  id uuid not null,
  at timestamp with time zone not null,
  operation text not null,
  outcome text not null,
  actor_kind text not null,
  account_id text,
  post_id uuid,
  schedule text,
  object_id text,
  request_id text not null,
  act bigint default platform.act_number() not null,
  account_mark bytea,
  object_mark bytea,
  constraint audit_pkey PRIMARY KEY (at, id)
) partition by RANGE (at);
create table platform.audit_subject (
  mark bytea not null,
  blind bytea not null,
  sealed bytea not null,
  constraint audit_subject_pkey PRIMARY KEY (mark),
  constraint audit_subject_blind_key UNIQUE (blind)
);
create table platform.idempotency (
  actor text not null,
  operation text not null,
  key text not null,
  body_hash bytea not null,
  result jsonb,
  at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (actor, operation, key)
);
create table platform.kept_form (
  id uuid not null,
  owner bytea not null,
  sealed bytea not null,
  kept_at timestamp with time zone not null,
  constraint kept_form_pkey PRIMARY KEY (id)
);
create table platform.let_go (
  number integer not null,
  log text not null,
  month text not null,
  record text not null,
  at timestamp with time zone not null,
  constraint let_go_pkey PRIMARY KEY (number),
  constraint a_month_once UNIQUE (log, month)
);
create table platform.migration (
  number integer not null,
  name text not null,
  hash text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (number)
);
create table platform.seal (
  number bigint generated always as (((body ->> 'number'::text))::bigint) stored not null,
  until bigint generated always as (((body ->> 'until'::text))::bigint) stored not null,
  body json not null,
  signature bytea not null,
  constraint seal_pkey PRIMARY KEY (number)
);
create table platform.setting (
  name text not null,
  value text not null,
  at timestamp with time zone not null,
  constraint setting_pkey PRIMARY KEY (name)
);
create table retention.confirmation (
  id uuid not null,
  digest text not null,
  pack_hash text not null,
  confirmed_by uuid not null,
  confirmed_at timestamp with time zone not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint confirmation_pkey PRIMARY KEY (id),
  constraint ended_whole CHECK (((ended_by IS NULL) = (ended_at IS NULL)))
);
create table retention.deletion_sweep (
  one boolean default true not null,
  at timestamp with time zone not null,
  even_since timestamp with time zone not null,
  constraint deletion_sweep_pkey PRIMARY KEY (one),
  constraint deletion_sweep_one_check CHECK (one)
);
create table retention.hold (
  id uuid not null,
  kind text not null,
  case_id uuid,
  person_id uuid,
  area text collate "C" not null,
  class text,
  domains text[],
  reason text not null,
  basis text not null,
  placed_by uuid not null,
  placed_at timestamp with time zone not null,
  until date,
  ended_by uuid,
  ended_at timestamp with time zone,
  ended_why text,
  constraint hold_pkey PRIMARY KEY (id),
  constraint ended_whole CHECK ((((ended_by IS NULL) = (ended_at IS NULL)) AND ((ended_why IS NULL) = (ended_at IS NULL)))),
  constraint hold_kind_check CHECK ((kind = ANY (ARRAY['case'::text, 'person'::text, 'area'::text]))),
  constraint names_what_it_holds CHECK (
CASE kind
    WHEN 'area'::text THEN ((class IS NOT NULL) AND (cardinality(domains) > 0) AND (case_id IS NULL))
    ELSE ((case_id IS NOT NULL) AND (domains IS NULL))
END)
);
create table retention.run (
  day date not null,
  at timestamp with time zone not null,
  digest text not null,
  confirmation_id uuid not null,
  halted text,
  constraint run_pkey PRIMARY KEY (day)
);
create table retention.run_class (
  day date not null,
  class text not null,
  kind text not null,
  ends text not null,
  statuses text[] not null,
  matters text[],
  before timestamp with time zone not null,
  due bigint not null,
  held bigint not null,
  allowed bigint not null,
  done bigint default 0 not null,
  constraint run_class_pkey PRIMARY KEY (day, class),
  constraint never_more_than_was_shown CHECK (((done <= allowed) AND (allowed <= due)))
);
create table retention.tombstone (
  id uuid not null,
  seq bigint not null,
  kind text not null,
  class text,
  rule text not null,
  on_day date not null,
  commitment bytea not null,
  constraint tombstone_pkey PRIMARY KEY (id),
  constraint tombstone_commitment_key UNIQUE (commitment),
  constraint tombstone_seq_key UNIQUE (seq),
  constraint tombstone_rule_check CHECK ((rule = ANY (ARRAY['class'::text, 'request'::text])))
);
create table safety.broadcast (
  id uuid not null,
  area text collate "C" not null,
  kind text not null,
  colour text,
  headline text not null,
  body text not null,
  headline_en text,
  body_en text,
  issuer text default ''::text not null,
  issuer_number text default ''::text not null,
  ends_at timestamp with time zone not null,
  corrects uuid,
  drafted_at timestamp with time zone not null,
  drafted_by uuid not null,
  drafter_id uuid not null,
  status text default 'draft'::text not null,
  issued_at timestamp with time zone,
  issued_by uuid,
  issuer_id uuid,
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_why text,
  visits boolean not null,
  constraint broadcast_pkey PRIMARY KEY (id),
  constraint broadcast_body_check CHECK (((char_length(body) >= 1) AND (char_length(body) <= 600))),
  constraint broadcast_body_en_check CHECK ((char_length(body_en) <= 1500)),
  constraint broadcast_check CHECK ((issuer_id <> drafter_id)),
  constraint broadcast_ended_why_check CHECK ((char_length(ended_why) <= 500)),
  constraint broadcast_headline_check CHECK (((char_length(headline) >= 1) AND (char_length(headline) <= 60))),
  constraint broadcast_headline_en_check CHECK ((char_length(headline_en) <= 120)),
  constraint broadcast_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'dropped'::text, 'issued'::text, 'corrected'::text, 'withdrawn'::text]))),
  constraint ended_by_somebody CHECK ((((status = ANY (ARRAY['dropped'::text, 'corrected'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL)) AND (num_nulls(ended_at, ended_by) = ANY (ARRAY[0, 2])))),
  constraint issued_by_somebody CHECK ((((status = ANY (ARRAY['draft'::text, 'dropped'::text])) = (issued_at IS NULL)) AND (num_nulls(issued_at, issued_by, issuer_id) = ANY (ARRAY[0, 3]))))
);
create table safety.broadcast_told (
  broadcast_id uuid not null,
  person_id uuid not null,
  told_at timestamp with time zone not null,
  withdrawn_told_at timestamp with time zone,
  constraint broadcast_told_pkey PRIMARY KEY (broadcast_id, person_id)
);
create table safety.camera (
  id uuid not null,
  area text collate "C" not null,
  place text not null,
  purpose text not null,
  keeper text not null,
  contact text not null,
  retention_days integer not null,
  sign boolean not null,
  basis text not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  replaces uuid,
  status text default 'current'::text not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_why text,
  lon double precision,
  lat double precision,
  crs text,
  constraint camera_pkey PRIMARY KEY (id),
  constraint camera_basis_check CHECK (((char_length(basis) >= 1) AND (char_length(basis) <= 200))),
  constraint camera_contact_check CHECK (((char_length(contact) >= 1) AND (char_length(contact) <= 60))),
  constraint camera_crs_check CHECK ((crs = ANY (ARRAY['CGCS2000'::text, 'WGS84'::text, 'GCJ02'::text]))),
  constraint camera_ended_why_check CHECK ((char_length(ended_why) <= 500)),
  constraint camera_keeper_check CHECK (((char_length(keeper) >= 1) AND (char_length(keeper) <= 100))),
  constraint camera_place_check CHECK (((char_length(place) >= 1) AND (char_length(place) <= 200))),
  constraint camera_retention_days_check CHECK (((retention_days >= 1) AND (retention_days <= 3650))),
  constraint camera_status_check CHECK ((status = ANY (ARRAY['current'::text, 'replaced'::text, 'removed'::text]))),
  constraint ended_by_somebody CHECK ((((status = 'current'::text) = (ended_at IS NULL)) AND (num_nulls(ended_at, ended_by) = ANY (ARRAY[0, 2])))),
  constraint whole_point CHECK ((num_nulls(lon, lat, crs) = ANY (ARRAY[0, 3])))
);
create table safety.drill (
  id uuid not null,
  plan_id uuid not null,
  held_on date not null,
  took_part integer not null,
  findings text not null,
  follow_up text,
  follow_up_by date,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  done_at timestamp with time zone,
  done_by uuid,
  done_note text,
  constraint drill_pkey PRIMARY KEY (id),
  constraint done_by_somebody CHECK (((num_nulls(done_at, done_by, done_note) = ANY (ARRAY[0, 3])) AND ((done_at IS NULL) OR (follow_up IS NOT NULL)))),
  constraint drill_check CHECK (((follow_up_by IS NULL) = (follow_up IS NULL))),
  constraint drill_done_note_check CHECK (((char_length(done_note) >= 1) AND (char_length(done_note) <= 1000))),
  constraint drill_findings_check CHECK (((char_length(findings) >= 1) AND (char_length(findings) <= 2000))),
  constraint drill_follow_up_check CHECK (((char_length(follow_up) >= 1) AND (char_length(follow_up) <= 1000))),
  constraint drill_took_part_check CHECK (((took_part >= 1) AND (took_part <= 100000)))
);
create table safety.duty (
  id uuid not null,
  area text collate "C" not null,
  role text not null,
  name text not null,
  contact text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  cancelled_at timestamp with time zone,
  cancelled_by uuid,
  constraint duty_pkey PRIMARY KEY (id),
  constraint duty_check CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '8 days'::interval)))),
  constraint duty_check1 CHECK (((cancelled_by IS NULL) = (cancelled_at IS NULL))),
  constraint duty_contact_check CHECK (((char_length(contact) >= 1) AND (char_length(contact) <= 40))),
  constraint duty_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 40))),
  constraint duty_role_check CHECK ((role = ANY (ARRAY['lead'::text, 'duty'::text])))
);
create table safety.event (
  id uuid not null,
  area text collate "C" not null,
  kind text not null,
  happened_at timestamp with time zone,
  learnt_at timestamp with time zone not null,
  status text default 'open'::text not null,
  level text,
  response text,
  found jsonb not null,
  reports integer not null,
  opened_at timestamp with time zone not null,
  opened_by uuid not null,
  seq integer not null,
  constraint event_pkey PRIMARY KEY (id),
  constraint event_check CHECK ((happened_at <= learnt_at)),
  constraint event_reports_check CHECK ((reports >= 1)),
  constraint event_seq_check CHECK ((seq >= 1)),
  constraint event_status_check CHECK ((status = ANY (ARRAY['open'::text, 'final'::text, 'closed'::text])))
);
create table safety.event_fact (
  event_id uuid not null,
  seq integer not null,
  fact text not null,
  payload jsonb not null,
  account_id text not null,
  post_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint event_fact_pkey PRIMARY KEY (event_id, seq),
  constraint event_fact_seq_check CHECK ((seq >= 1))
);
create table safety.footage_handout (
  id uuid not null,
  request_id uuid not null,
  at timestamp with time zone not null,
  how text not null,
  receiver text not null,
  post_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint footage_handout_pkey PRIMARY KEY (id),
  constraint footage_handout_how_check CHECK ((how = ANY (ARRAY['viewed'::text, 'copy'::text]))),
  constraint footage_handout_receiver_check CHECK (((char_length(receiver) >= 1) AND (char_length(receiver) <= 100)))
);
create table safety.footage_request (
  id uuid not null,
  camera_id uuid not null,
  area text collate "C" not null,
  asker text not null,
  person_id uuid,
  organ text,
  organ_number text,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  reason text not null,
  received_at timestamp with time zone not null,
  received_by uuid,
  receiver_id uuid,
  due_on date not null,
  status text default 'waiting'::text not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  decider_id uuid,
  reasons text,
  constraint footage_request_pkey PRIMARY KEY (id),
  constraint decided_with_reasons CHECK (
CASE
    WHEN (status = ANY (ARRAY['approved'::text, 'refused'::text])) THEN (num_nulls(decided_at, decided_by, decider_id, reasons) = 0)
    ELSE (num_nulls(decided_by, decider_id, reasons) = 3)
END),
  constraint footage_request_asker_check CHECK ((asker = ANY (ARRAY['self'::text, 'organ'::text]))),
  constraint footage_request_check CHECK ((to_at > from_at)),
  constraint footage_request_check1 CHECK ((decider_id <> receiver_id)),
  constraint footage_request_organ_check CHECK (((char_length(organ) >= 1) AND (char_length(organ) <= 100))),
  constraint footage_request_organ_number_check CHECK (((char_length(organ_number) >= 1) AND (char_length(organ_number) <= 60))),
  constraint footage_request_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 1000))),
  constraint footage_request_reasons_check CHECK (((char_length(reasons) >= 1) AND (char_length(reasons) <= 1000))),
  constraint footage_request_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint who_asks CHECK ((((asker = 'self'::text) = (person_id IS NOT NULL)) AND ((asker = 'organ'::text) = (organ IS NOT NULL)) AND ((asker = 'organ'::text) = (organ_number IS NOT NULL)) AND ((asker = 'organ'::text) = (received_by IS NOT NULL)) AND (num_nulls(received_by, receiver_id) = ANY (ARRAY[0, 2]))))
);
create table safety.patrol (
  id uuid not null,
  group_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  place text not null,
  needed integer not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  cancelled_at timestamp with time zone,
  cancelled_by uuid,
  constraint patrol_pkey PRIMARY KEY (id),
  constraint patrol_check CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '1 day'::interval)))),
  constraint patrol_check1 CHECK (((cancelled_by IS NULL) = (cancelled_at IS NULL))),
  constraint patrol_needed_check CHECK (((needed >= 1) AND (needed <= 50))),
  constraint patrol_place_check CHECK (((char_length(place) >= 1) AND (char_length(place) <= 100)))
);
create table safety.patrol_place (
  patrol_id uuid not null,
  person_id uuid not null,
  taken_at timestamp with time zone not null,
  constraint patrol_place_pkey PRIMARY KEY (patrol_id, person_id)
);
create table safety.plan (
  id uuid not null,
  area text collate "C" not null,
  kind text not null,
  title text not null,
  version integer not null,
  body text not null,
  valid_from date not null,
  replaces uuid,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  constraint plan_pkey PRIMARY KEY (id),
  constraint plan_replaces_key UNIQUE (replaces),
  constraint plan_body_check CHECK (((char_length(body) >= 1) AND (char_length(body) <= 20000))),
  constraint plan_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 100))),
  constraint plan_version_check CHECK ((version >= 1))
);
create table safety.training (
  id uuid not null,
  group_id uuid not null,
  held_on date not null,
  content text not null,
  took_part integer not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  constraint training_pkey PRIMARY KEY (id),
  constraint training_content_check CHECK (((char_length(content) >= 1) AND (char_length(content) <= 1000))),
  constraint training_took_part_check CHECK (((took_part >= 1) AND (took_part <= 10000)))
);
create table safety.visit (
  id uuid not null,
  broadcast_id uuid not null,
  person_id uuid not null,
  area text collate "C" not null,
  result text not null,
  need text,
  at timestamp with time zone not null,
  post_id uuid not null,
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_check CHECK (((need = ANY (ARRAY['shelter'::text, 'carrying'::text, 'medicine'::text, 'food'::text, 'other'::text])) AND ((need IS NOT NULL) = (result = 'needs_help'::text)))),
  constraint visit_result_check CHECK ((result = ANY (ARRAY['told'::text, 'not_home'::text, 'needs_help'::text, 'helped'::text])))
);
create table safety.watch_group (
  id uuid not null,
  area text collate "C" not null,
  name text not null,
  about text not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  constraint watch_group_pkey PRIMARY KEY (id),
  constraint watch_group_about_check CHECK (((char_length(about) >= 1) AND (char_length(about) <= 500))),
  constraint watch_group_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
);
create table safety.watch_member (
  id uuid not null,
  group_id uuid not null,
  person_id uuid not null,
  agreed_at timestamp with time zone not null,
  how text not null,
  recorded_by uuid,
  left_at timestamp with time zone,
  constraint watch_member_pkey PRIMARY KEY (id),
  constraint watch_member_check CHECK (((recorded_by IS NULL) = (how = 'herself'::text))),
  constraint watch_member_how_check CHECK ((how = ANY (ARRAY['herself'::text, 'paper'::text])))
);

-- Parts of tables that are there before any month is

create table access.read_entry_default partition of access.read_entry default;
create table platform.audit_default partition of platform.audit default;

-- References

alter table access.account_notice add constraint account_notice_by_post_fkey FOREIGN KEY (by_post) REFERENCES access.post(id);
alter table access.account_notice add constraint account_notice_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES access.officer(id);
alter table access.invitation add constraint invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES access.post(id);
alter table access.invitation add constraint invitation_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES access.officer(id);
alter table access.invitation add constraint invitation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES access.organisation(id);
alter table access.invitation add constraint invitation_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES access.post(id);
alter table access.officer add constraint officer_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table access.officer add constraint officer_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES access.organisation(id);
alter table access.officer add constraint officer_stopped_by_fkey FOREIGN KEY (stopped_by) REFERENCES access.post(id);
alter table access.organisation add constraint organisation_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table access.person_account add constraint person_account_ended_post_id_fkey FOREIGN KEY (ended_post_id) REFERENCES access.post(id);
alter table access.person_account add constraint person_account_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table access.person_account add constraint person_account_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table access.post add constraint post_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table access.post add constraint post_lent_by_fkey FOREIGN KEY (lent_by) REFERENCES access.organisation(id);
alter table access.post add constraint post_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES access.officer(id);
alter table access.post add constraint post_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES access.organisation(id);
alter table access.proposal add constraint post_proposal_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES access.post(id);
alter table access.proposal add constraint post_proposal_lent_by_fkey FOREIGN KEY (lent_by) REFERENCES access.organisation(id);
alter table access.proposal add constraint post_proposal_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES access.officer(id);
alter table access.proposal add constraint post_proposal_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES access.organisation(id);
alter table access.proposal add constraint post_proposal_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table access.proposal add constraint post_proposal_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES access.post(id);
alter table access.proxy add constraint proxy_ended_post_id_fkey FOREIGN KEY (ended_post_id) REFERENCES access.post(id);
alter table access.proxy add constraint proxy_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table access.proxy add constraint proxy_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES people.person(id);
alter table access.proxy add constraint proxy_proxy_id_fkey FOREIGN KEY (proxy_id) REFERENCES people.person(id);
alter table areas.area add constraint area_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES areas.area(code);
alter table auth.account add constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.factor_reset add constraint factor_reset_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.identity_link add constraint identity_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.passkey add constraint passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.pending_sign_in add constraint pending_sign_in_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.phone_change add constraint phone_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.recovery_code add constraint recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.resident_email add constraint resident_email_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.resident_phone add constraint resident_phone_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.session add constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.sign_in_try add constraint sign_in_try_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.totp add constraint totp_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table care.view add constraint view_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table cases.answer add constraint answer_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table cases."case" add constraint case_applicant_id_fkey FOREIGN KEY (applicant_id) REFERENCES people.person(id);
alter table cases."case" add constraint case_handling_area_fkey FOREIGN KEY (handling_area) REFERENCES areas.area(code);
alter table cases."case" add constraint case_origin_area_fkey FOREIGN KEY (origin_area) REFERENCES areas.area(code);
alter table cases."case" add constraint case_pack_hash_fkey FOREIGN KEY (pack_hash) REFERENCES matters.pack(hash);
alter table cases."case" add constraint case_received_by_fkey FOREIGN KEY (received_by) REFERENCES access.post(id);
alter table cases.draft add constraint draft_pack_hash_fkey FOREIGN KEY (pack_hash) REFERENCES matters.pack(hash);
alter table cases.draft add constraint draft_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table cases.notice add constraint notice_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table cases.notice add constraint notice_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table cases.objection add constraint objection_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES access.post(id);
alter table cases.objection add constraint objection_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table cases.objection add constraint objection_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES cases.notice(id);
alter table cases.permit_reminder add constraint permit_reminder_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table cases.timeline add constraint timeline_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table cases.unit_member add constraint unit_member_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table cases.unit_member add constraint unit_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table coordination.timeline add constraint timeline_whistle_id_fkey FOREIGN KEY (whistle_id) REFERENCES coordination.whistle(id);
alter table coordination.whistle add constraint whistle_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table coordination.whistle add constraint whistle_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES grid.incident(id);
alter table coordination.whistle add constraint whistle_lead_unit_id_fkey FOREIGN KEY (lead_unit_id) REFERENCES access.organisation(id);
alter table documents.derivative add constraint derivative_file_id_fkey FOREIGN KEY (file_id) REFERENCES documents.file(id) ON DELETE CASCADE;
alter table documents.document add constraint document_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table documents.document add constraint document_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES access.post(id);
alter table documents.file add constraint file_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table documents.file add constraint file_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table documents.material add constraint material_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table documents.material add constraint material_file_id_fkey FOREIGN KEY (file_id) REFERENCES documents.file(id);
alter table documents.print add constraint print_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents.document(id);
alter table documents.print add constraint print_file_id_fkey FOREIGN KEY (file_id) REFERENCES documents.file(id);
alter table documents.print_failure add constraint print_failure_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents.document(id);
alter table grid.api_key add constraint api_key_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.api_key add constraint api_key_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table grid.api_key add constraint api_key_made_by_fkey FOREIGN KEY (made_by) REFERENCES access.post(id);
alter table grid.assignment add constraint assignment_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.assignment add constraint assignment_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table grid.assignment add constraint assignment_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table grid.assignment add constraint assignment_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table grid.crossing add constraint crossing_street_fkey FOREIGN KEY (street) REFERENCES areas.area(code);
alter table grid.dwelling_grid add constraint dwelling_grid_dwelling_id_fkey FOREIGN KEY (dwelling_id) REFERENCES people.dwelling(id);
alter table grid.dwelling_grid add constraint dwelling_grid_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid.grid(id);
alter table grid.dwelling_grid add constraint dwelling_grid_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table grid.dwelling_point add constraint dwelling_point_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.dwelling_point add constraint dwelling_point_dwelling_id_fkey FOREIGN KEY (dwelling_id) REFERENCES people.dwelling(id);
alter table grid.dwelling_point add constraint dwelling_point_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table grid.facility add constraint facility_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.facility add constraint facility_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid.grid(id);
alter table grid.field_device add constraint field_device_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table grid.field_device add constraint field_device_recovered_by_fkey FOREIGN KEY (recovered_by) REFERENCES access.post(id);
alter table grid.field_record add constraint field_record_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.field_record add constraint field_record_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES grid.incident(id);
alter table grid.field_record add constraint field_record_of_post_fkey FOREIGN KEY (of_post) REFERENCES access.post(id);
alter table grid.field_record add constraint field_record_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table grid.field_record add constraint field_record_task_id_fkey FOREIGN KEY (task_id) REFERENCES grid.task(id);
alter table grid.grid add constraint grid_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.grid add constraint grid_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table grid.grid add constraint grid_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table grid.incident add constraint incident_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.incident add constraint incident_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES grid.facility(id);
alter table grid.incident add constraint incident_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid.grid(id);
alter table grid.incident add constraint incident_pack_hash_fkey FOREIGN KEY (pack_hash) REFERENCES matters.pack(hash);
alter table grid.incident add constraint incident_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES grid.incident(id);
alter table grid.incident add constraint incident_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES access.organisation(id);
alter table grid.outline add constraint outline_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.outline add constraint outline_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table grid.outline add constraint outline_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table grid.photo add constraint photo_cleared_by_fkey FOREIGN KEY (cleared_by) REFERENCES access.post(id);
alter table grid.photo add constraint photo_file_id_fkey FOREIGN KEY (file_id) REFERENCES documents.file(id) DEFERRABLE INITIALLY DEFERRED;
alter table grid.photo add constraint photo_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES grid.incident(id);
alter table grid.photo add constraint photo_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table grid.photo add constraint photo_report_id_fkey FOREIGN KEY (report_id) REFERENCES grid.report(id);
alter table grid.report add constraint of_an_api_key FOREIGN KEY (api_key_id) REFERENCES grid.api_key(id);
alter table grid.report add constraint report_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES grid.incident(id);
alter table grid.report add constraint report_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE SET NULL;
alter table grid.report add constraint report_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table grid.task add constraint task_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table grid.task add constraint task_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES access.organisation(id);
alter table grid.task add constraint task_pack_hash_fkey FOREIGN KEY (pack_hash) REFERENCES matters.pack(hash);
alter table grid.task add constraint task_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES access.post(id);
alter table grid.task_timeline add constraint task_timeline_task_id_fkey FOREIGN KEY (task_id) REFERENCES grid.task(id);
alter table grid.timeline add constraint timeline_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES grid.incident(id);
alter table hazards.hazard add constraint hazard_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table hazards.hazard add constraint hazard_handling_area_fkey FOREIGN KEY (handling_area) REFERENCES areas.area(code);
alter table hazards.hazard add constraint hazard_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES access.post(id);
alter table hazards.hazard add constraint hazard_same_as_fkey FOREIGN KEY (same_as) REFERENCES hazards.hazard(id);
alter table hazards.keeper add constraint keeper_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES hazards.hazard(id);
alter table hazards.keeper add constraint keeper_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table hazards.report add constraint report_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES hazards.hazard(id);
alter table hazards.timeline add constraint timeline_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES hazards.hazard(id);
alter table messages.dispatch add constraint dispatch_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages.message(id);
alter table messages.dispatch add constraint dispatch_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table messages.message add constraint message_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table messages.message add constraint message_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table outreach.found add constraint found_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table outreach.found add constraint found_run_id_fkey FOREIGN KEY (run_id) REFERENCES outreach.run(id) ON DELETE CASCADE;
alter table outreach.opt_out add constraint opt_out_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table outreach.run add constraint run_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table outreach.run add constraint run_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES access.post(id);
alter table outreach.run add constraint run_pack_hash_fkey FOREIGN KEY (pack_hash) REFERENCES matters.pack(hash);
alter table outreach.run add constraint run_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES access.post(id);
alter table outreach.run_count add constraint run_count_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table outreach.run_count add constraint run_count_run_id_fkey FOREIGN KEY (run_id) REFERENCES outreach.run(id) ON DELETE CASCADE;
alter table outreach.told add constraint told_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table outreach.told_run add constraint told_run_run_id_fkey FOREIGN KEY (run_id) REFERENCES outreach.run(id) ON DELETE CASCADE;
alter table outreach.visit add constraint visit_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table outreach.visit add constraint visit_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table outreach.visit_taken_back add constraint visit_taken_back_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table outreach.visit_taken_back add constraint visit_taken_back_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES outreach.visit(id) ON DELETE CASCADE;
alter table people.bank_account add constraint bank_account_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table people.benefit_receipt add constraint benefit_receipt_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table people.disability_certificate add constraint disability_certificate_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table people.dwelling add constraint dwelling_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table people.dwelling_occupancy add constraint dwelling_occupancy_dwelling_id_fkey FOREIGN KEY (dwelling_id) REFERENCES people.dwelling(id);
alter table people.dwelling_occupancy add constraint dwelling_occupancy_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table people.hukou_household add constraint hukou_household_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table people.hukou_spell add constraint hukou_spell_household_id_fkey FOREIGN KEY (household_id) REFERENCES people.hukou_household(id);
alter table people.hukou_spell add constraint hukou_spell_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table people.income_declaration add constraint income_declaration_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table people.person add constraint person_living_area_fkey FOREIGN KEY (living_area) REFERENCES areas.area(code);
alter table people.residence_permit add constraint residence_permit_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table people.residence_spell add constraint residence_spell_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id);
alter table retention.confirmation add constraint confirmation_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES access.post(id);
alter table retention.confirmation add constraint confirmation_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table retention.confirmation add constraint confirmation_pack_hash_fkey FOREIGN KEY (pack_hash) REFERENCES matters.pack(hash);
alter table retention.hold add constraint hold_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table retention.hold add constraint hold_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases."case"(id);
alter table retention.hold add constraint hold_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table retention.hold add constraint hold_placed_by_fkey FOREIGN KEY (placed_by) REFERENCES access.post(id);
alter table retention.run add constraint run_confirmation_id_fkey FOREIGN KEY (confirmation_id) REFERENCES retention.confirmation(id);
alter table retention.run_class add constraint run_class_day_fkey FOREIGN KEY (day) REFERENCES retention.run(day);
alter table safety.broadcast add constraint broadcast_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table safety.broadcast add constraint broadcast_corrects_fkey FOREIGN KEY (corrects) REFERENCES safety.broadcast(id);
alter table safety.broadcast add constraint broadcast_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES access.post(id);
alter table safety.broadcast add constraint broadcast_drafter_id_fkey FOREIGN KEY (drafter_id) REFERENCES access.officer(id);
alter table safety.broadcast add constraint broadcast_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table safety.broadcast add constraint broadcast_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES access.post(id);
alter table safety.broadcast add constraint broadcast_issuer_id_fkey FOREIGN KEY (issuer_id) REFERENCES access.officer(id);
alter table safety.broadcast_told add constraint broadcast_told_broadcast_id_fkey FOREIGN KEY (broadcast_id) REFERENCES safety.broadcast(id);
alter table safety.broadcast_told add constraint broadcast_told_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table safety.camera add constraint camera_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table safety.camera add constraint camera_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES access.post(id);
alter table safety.camera add constraint camera_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table safety.camera add constraint camera_replaces_fkey FOREIGN KEY (replaces) REFERENCES safety.camera(id);
alter table safety.drill add constraint drill_done_by_fkey FOREIGN KEY (done_by) REFERENCES access.post(id);
alter table safety.drill add constraint drill_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES safety.plan(id);
alter table safety.drill add constraint drill_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table safety.duty add constraint duty_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table safety.duty add constraint duty_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES access.post(id);
alter table safety.duty add constraint duty_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table safety.event add constraint event_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table safety.event add constraint event_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES access.post(id);
alter table safety.event_fact add constraint event_fact_event_id_fkey FOREIGN KEY (event_id) REFERENCES safety.event(id);
alter table safety.event_fact add constraint event_fact_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table safety.footage_handout add constraint footage_handout_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table safety.footage_handout add constraint footage_handout_request_id_fkey FOREIGN KEY (request_id) REFERENCES safety.footage_request(id) ON DELETE CASCADE;
alter table safety.footage_request add constraint footage_request_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table safety.footage_request add constraint footage_request_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES safety.camera(id);
alter table safety.footage_request add constraint footage_request_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES access.post(id);
alter table safety.footage_request add constraint footage_request_decider_id_fkey FOREIGN KEY (decider_id) REFERENCES access.officer(id);
alter table safety.footage_request add constraint footage_request_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table safety.footage_request add constraint footage_request_received_by_fkey FOREIGN KEY (received_by) REFERENCES access.post(id);
alter table safety.footage_request add constraint footage_request_receiver_id_fkey FOREIGN KEY (receiver_id) REFERENCES access.officer(id);
alter table safety.patrol add constraint patrol_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES access.post(id);
alter table safety.patrol add constraint patrol_group_id_fkey FOREIGN KEY (group_id) REFERENCES safety.watch_group(id);
alter table safety.patrol add constraint patrol_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table safety.patrol_place add constraint patrol_place_patrol_id_fkey FOREIGN KEY (patrol_id) REFERENCES safety.patrol(id);
alter table safety.patrol_place add constraint patrol_place_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table safety.plan add constraint plan_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table safety.plan add constraint plan_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table safety.plan add constraint plan_replaces_fkey FOREIGN KEY (replaces) REFERENCES safety.plan(id);
alter table safety.training add constraint training_group_id_fkey FOREIGN KEY (group_id) REFERENCES safety.watch_group(id);
alter table safety.training add constraint training_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table safety.visit add constraint visit_broadcast_id_fkey FOREIGN KEY (broadcast_id) REFERENCES safety.broadcast(id);
alter table safety.visit add constraint visit_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table safety.visit add constraint visit_post_id_fkey FOREIGN KEY (post_id) REFERENCES access.post(id);
alter table safety.watch_group add constraint watch_group_area_fkey FOREIGN KEY (area) REFERENCES areas.area(code);
alter table safety.watch_group add constraint watch_group_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);
alter table safety.watch_member add constraint watch_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES safety.watch_group(id);
alter table safety.watch_member add constraint watch_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.person(id) ON DELETE CASCADE;
alter table safety.watch_member add constraint watch_member_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES access.post(id);

-- Indexes

CREATE INDEX notices_of_officer ON access.account_notice USING btree (officer_id, at DESC);
CREATE INDEX binding_of_person ON access.person_account USING btree (person_id);
CREATE UNIQUE INDEX one_account_per_person ON access.person_account USING btree (person_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX one_person_per_account ON access.person_account USING btree (account_id) WHERE (ended_at IS NULL);
CREATE INDEX post_of_officer ON access.post USING btree (officer_id);
CREATE INDEX posts_of_organisation ON access.post USING btree (organisation_id);
CREATE UNIQUE INDEX one_without_approval ON access.proposal USING btree (outcome) WHERE (outcome = 'first'::text);
CREATE INDEX proposals_of_officer ON access.proposal USING btree (officer_id);
CREATE INDEX proposals_waiting ON access.proposal USING btree (proposed_at) WHERE (outcome IS NULL);
CREATE INDEX proxies_held ON access.proxy USING btree (proxy_id);
CREATE INDEX proxies_of ON access.proxy USING btree (principal_id);
CREATE INDEX read_entry_by_act ON ONLY access.read_entry USING btree (act, id);
CREATE INDEX read_of_person ON ONLY access.read_entry USING btree (person_id, at DESC);
CREATE INDEX area_children ON areas.area USING btree (parent_code);
CREATE INDEX challenge_used_at ON auth.challenge_used USING btree (used_at);
CREATE INDEX passkey_of_account ON auth.passkey USING btree (account_id);
CREATE INDEX pending_sign_in_expires_at ON auth.pending_sign_in USING btree (expires_at);
CREATE INDEX phone_change_of_account ON auth.phone_change USING btree (account_id, changed_at);
CREATE INDEX phone_code_expires_at ON auth.phone_code USING btree (expires_at);
CREATE INDEX rate_window_start ON auth.rate USING btree (window_start);
CREATE INDEX session_expires_at ON auth.session USING btree ("expiresAt");
CREATE INDEX "session_userId_idx" ON auth.session USING btree ("userId");
CREATE INDEX sign_in_try_last_at ON auth.sign_in_try USING btree (last_at);
CREATE INDEX tries_of_account ON auth.sign_in_try USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX account_to_delete ON auth."user" USING btree (deletion_asked_at) WHERE (deletion_asked_at IS NOT NULL);
CREATE INDEX verification_identifier_idx ON auth.verification USING btree (identifier);
CREATE INDEX case_by_number ON cases."case" USING btree (number);
CREATE INDEX case_of_applicant ON cases."case" USING btree (applicant_id, received_at DESC);
CREATE INDEX case_origin ON cases."case" USING btree (origin_area, received_at DESC);
CREATE INDEX ended_case ON cases."case" USING btree (COALESCE(closed_at, received_at), id) WHERE ((NOT open) AND (stripped_at IS NULL));
CREATE UNIQUE INDEX one_running ON cases."case" USING btree (applicant_id, matter_code, about) WHERE (status = ANY (ARRAY['received'::text, 'correcting'::text, 'accepted'::text, 'paused'::text]));
CREATE INDEX open_by_due ON cases."case" USING btree (due_at, id) INCLUDE (domain, handling_area, origin_area, status, matter_code, number, awaits) WHERE open;
CREATE INDEX open_by_origin ON cases."case" USING btree (origin_area, due_at) INCLUDE (domain, handling_area, status, matter_code) WHERE open;
CREATE INDEX worklist ON cases."case" USING btree (handling_area, due_at, id) INCLUDE (domain, origin_area, status, matter_code, number, awaits) WHERE open;
CREATE INDEX draft_by_age ON cases.draft USING btree (updated_at, id) WHERE (submitted_case_id IS NULL);
CREATE INDEX draft_of_account ON cases.draft USING btree (account_id, updated_at DESC);
CREATE INDEX draft_of_case ON cases.draft USING btree (submitted_case_id) WHERE (submitted_case_id IS NOT NULL);
CREATE INDEX draft_of_person ON cases.draft USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE UNIQUE INDEX one_open_draft ON cases.draft USING btree (account_id, matter_code, proxy_id) NULLS NOT DISTINCT WHERE (submitted_case_id IS NULL);
CREATE INDEX notice_of_case ON cases.notice USING btree (case_id);
CREATE INDEX notice_up ON cases.notice USING btree (area, ends_on) WHERE (taken_down_at IS NULL);
CREATE INDEX objection_of_case ON cases.objection USING btree (case_id);
CREATE INDEX objection_of_person ON cases.objection USING btree (person_id);
CREATE INDEX objection_open ON cases.objection USING btree (case_id) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX one_objection_each ON cases.objection USING btree (notice_id, account_id);
CREATE INDEX member_is_person ON cases.unit_member USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX member_of_case ON cases.unit_member USING btree (case_id);
CREATE INDEX member_person ON cases.unit_member USING btree (person_id) WHERE (authorised_at IS NULL);
CREATE INDEX whistle_by_time ON coordination.whistle USING btree (area, blown_at DESC, id);
CREATE INDEX whistle_of_incident ON coordination.whistle USING btree (incident_id) WHERE (incident_id IS NOT NULL);
CREATE INDEX whistle_unanswered ON coordination.whistle USING btree (answer_due_at) WHERE (answer_due_at IS NOT NULL);
CREATE INDEX whistle_worklist ON coordination.whistle USING btree (area, due_at, id) WHERE open;
CREATE INDEX derivative_by_recipe ON documents.derivative USING btree (recipe, tried_at) WHERE (kind = 'shown'::text);
CREATE INDEX document_of_case ON documents.document USING btree (case_id, issued_at);
CREATE INDEX file_by_hash ON documents.file USING btree (sha256);
CREATE INDEX file_of_case ON documents.file USING btree (case_id);
CREATE INDEX file_of_draft ON documents.file USING btree (draft_id);
CREATE INDEX file_of_person ON documents.file USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX file_of_photo ON documents.file USING btree (photo_id) WHERE (photo_id IS NOT NULL);
CREATE INDEX file_removed ON documents.file USING btree (removed_at) WHERE (removed_at IS NOT NULL);
CREATE INDEX material_of_case ON documents.material USING btree (case_id);
CREATE INDEX material_of_draft ON documents.material USING btree (draft_id);
CREATE INDEX assignments_in_area ON grid.assignment USING btree (area, grid_code) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX once_for_a_grid ON grid.assignment USING btree (grid_code, post_id) WHERE (ended_at IS NULL);
CREATE INDEX crossing_near ON grid.crossing USING gist (point(lon, lat));
CREATE INDEX homes_in_area ON grid.dwelling_grid USING btree (area, grid_id);
CREATE INDEX homes_of_grid ON grid.dwelling_grid USING btree (grid_id);
CREATE INDEX points_in_area ON grid.dwelling_point USING btree (area, dwelling_id);
CREATE INDEX facility_in_area ON grid.facility USING btree (area, class_code) WHERE (ended_at IS NULL);
CREATE INDEX facility_near ON grid.facility USING gist (point(lon, lat)) WHERE (ended_at IS NULL);
CREATE INDEX field_records_in_area ON grid.field_record USING btree (area, received_at DESC, id);
CREATE INDEX field_records_of_incident ON grid.field_record USING btree (incident_id, received_at) WHERE (incident_id IS NOT NULL);
CREATE INDEX field_records_of_task ON grid.field_record USING btree (task_id, received_at) WHERE (task_id IS NOT NULL);
CREATE INDEX field_records_with_words ON grid.field_record USING btree (received_at, id) WHERE (sealed IS NOT NULL);
CREATE INDEX grid_near ON grid.grid USING gist (box(point(west, south), point(east, north))) WHERE (valid_to IS NULL);
CREATE INDEX grid_of_area ON grid.grid USING btree (area) WHERE (valid_to IS NULL);
CREATE UNIQUE INDEX grid_of_code ON grid.grid USING btree (code) WHERE (valid_to IS NULL);
CREATE INDEX grid_once_of_code ON grid.grid USING btree (area, code);
CREATE INDEX incident_by_time ON grid.incident USING btree (reported_at DESC, id) WHERE shown;
CREATE INDEX incident_children ON grid.incident USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX incident_ended ON grid.incident USING btree (area, closed_at DESC, id) WHERE (NOT open);
CREATE INDEX incident_hidden_with ON grid.incident USING btree (area) WHERE (hidden_with IS NOT NULL);
CREATE INDEX incident_near ON grid.incident USING gist (point(lon, lat)) WHERE open;
CREATE INDEX incident_of_unit ON grid.incident USING btree (unit_id, due_at, id) WHERE open;
CREATE INDEX incident_open_near ON grid.incident USING gist (point(shown_lon, shown_lat)) WHERE (open AND shown);
CREATE INDEX incident_shown ON grid.incident USING btree (area, reported_at DESC, id) WHERE shown;
CREATE INDEX incident_waits_for_word ON grid.incident USING btree (word_by) WHERE (status = 'checked'::text);
CREATE INDEX incident_worklist ON grid.incident USING btree (area, stage_due_at, id) INCLUDE (status, class_code, unit_id) WHERE open;
CREATE UNIQUE INDEX outline_of_area ON grid.outline USING btree (area) WHERE (valid_to IS NULL);
CREATE INDEX outlines_of_area ON grid.outline USING btree (area, valid_from);
CREATE INDEX photo_again ON grid.photo USING btree (sha256);
CREATE INDEX photo_looks ON grid.photo USING btree (street, added_at DESC) WHERE ((looks IS NOT NULL) AND (street IS NOT NULL));
CREATE INDEX photos_of_incident ON grid.photo USING btree (incident_id, added_at);
CREATE INDEX photos_of_report ON grid.photo USING btree (report_id) WHERE (report_id IS NOT NULL);
CREATE INDEX photos_waiting ON grid.photo USING btree (added_at) WHERE (incident_id IS NULL);
CREATE INDEX photos_waiting_of ON grid.photo USING btree (left_by) WHERE (incident_id IS NULL);
CREATE INDEX reports_of_account ON grid.report USING btree (account_id, reported_at DESC) WHERE (account_id IS NOT NULL);
CREATE INDEX reports_of_api_key ON grid.report USING btree (api_key_id, reported_at DESC) WHERE (api_key_id IS NOT NULL);
CREATE INDEX reports_of_incident ON grid.report USING btree (incident_id, reported_at);
CREATE INDEX task_by_time ON grid.task USING btree (area, pushed_at DESC, id);
CREATE INDEX task_of_worker ON grid.task USING btree (worker_id, due_on) WHERE (status = 'given'::text);
CREATE INDEX task_worklist ON grid.task USING btree (area, due_on, id) WHERE open;
CREATE INDEX facts_by_time ON grid.timeline USING btree (recorded_at, incident_id);
CREATE INDEX hazard_due ON hazards.hazard USING btree (handling_area, due_at, id) WHERE open;
CREATE INDEX hazard_of_area ON hazards.hazard USING btree (area, due_at, id) WHERE open;
CREATE INDEX hazard_of_street ON hazards.hazard USING btree (area, opened_at DESC);
CREATE UNIQUE INDEX number_once_a_city ON hazards.hazard USING btree (number) WHERE (NOT numbered_by_street);
CREATE INDEX keeper_person ON hazards.keeper USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX report_of_account ON hazards.report USING btree (account_id, made_at DESC);
CREATE INDEX dispatch_of_parcel ON messages.dispatch USING btree (parcel_id) WHERE (parcel_id IS NOT NULL);
CREATE INDEX dispatch_open_of_person ON messages.dispatch USING btree (person_id, channel) WHERE (state = ANY (ARRAY['due'::text, 'sending'::text]));
CREATE INDEX dispatch_settled ON messages.dispatch USING btree (settled_at);
CREATE INDEX dispatch_waiting ON messages.dispatch USING btree (channel, not_before) WHERE (state = 'due'::text);
CREATE INDEX message_by_age ON messages.message USING btree (made_at, id);
CREATE INDEX message_of_case ON messages.message USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX message_of_person ON messages.message USING btree (person_id, made_at DESC);
CREATE INDEX found_in_area ON outreach.found USING btree (run_id, area);
CREATE INDEX found_person ON outreach.found USING btree (person_id);
CREATE UNIQUE INDEX let_be_once ON outreach.opt_out USING btree (person_id, matter_code) WHERE (ended_at IS NULL);
CREATE INDEX outreach_person_area ON outreach.person USING btree (area);
CREATE INDEX newest_run ON outreach.run USING btree (matter_code, finished_at DESC) WHERE (status = 'done'::text);
CREATE UNIQUE INDEX one_at_a_time ON outreach.run USING btree (matter_code, area) WHERE (status = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX visits_of ON outreach.visit USING btree (person_id, matter_code, at DESC);
CREATE INDEX bank_account_person_id_idx ON people.bank_account USING btree (person_id);
CREATE INDEX benefit_receipt_person_id_idx ON people.benefit_receipt USING btree (person_id);
CREATE INDEX disability_certificate_person_id_idx ON people.disability_certificate USING btree (person_id);
CREATE INDEX dwelling_in_area ON people.dwelling USING btree (area, address);
CREATE INDEX dwelling_occupancy_person_id_idx ON people.dwelling_occupancy USING btree (person_id);
CREATE INDEX occupancy_of_dwelling ON people.dwelling_occupancy USING btree (dwelling_id);
CREATE INDEX hukou_spell_household ON people.hukou_spell USING btree (household_id) WHERE (household_id IS NOT NULL);
CREATE INDEX hukou_spell_person_id_idx ON people.hukou_spell USING btree (person_id);
CREATE INDEX income_declaration_person_id_idx ON people.income_declaration USING btree (person_id);
CREATE INDEX person_elsewhere ON people.person USING btree (recorded_at, id) WHERE (living_area IS NULL);
CREATE INDEX person_hukou ON people.person USING btree (hukou_area, id);
CREATE INDEX person_living ON people.person USING btree (living_area, id);
CREATE INDEX person_phone ON people.person USING btree (phone_blind) WHERE (phone_blind IS NOT NULL);
CREATE INDEX residence_permit_person_id_idx ON people.residence_permit USING btree (person_id);
CREATE INDEX residence_spell_person_id_idx ON people.residence_spell USING btree (person_id);
CREATE INDEX audit_by_act ON ONLY platform.audit USING btree (act, id);
CREATE INDEX idempotency_by_age ON platform.idempotency USING brin (at);
CREATE INDEX kept_form_by_age ON platform.kept_form USING btree (kept_at);
CREATE UNIQUE INDEX one_confirmation ON retention.confirmation USING btree (((ended_at IS NULL))) WHERE (ended_at IS NULL);
CREATE INDEX hold_in_force ON retention.hold USING btree (kind) WHERE (ended_at IS NULL);
CREATE INDEX hold_of_case ON retention.hold USING btree (case_id);
CREATE INDEX broadcasts_in_area ON safety.broadcast USING btree (area, drafted_at DESC);
CREATE INDEX broadcasts_shown ON safety.broadcast USING btree (ends_at) WHERE (issued_at IS NOT NULL);
CREATE UNIQUE INDEX corrected_once ON safety.broadcast USING btree (corrects) WHERE (status = ANY (ARRAY['issued'::text, 'corrected'::text, 'withdrawn'::text]));
CREATE INDEX told_of_person ON safety.broadcast_told USING btree (person_id);
CREATE INDEX cameras_in_area ON safety.camera USING btree (area, id) WHERE (status = 'current'::text);
CREATE INDEX cameras_near ON safety.camera USING gist (point(lon, lat)) WHERE ((status = 'current'::text) AND (lon IS NOT NULL));
CREATE INDEX drills_of ON safety.drill USING btree (plan_id, held_on DESC);
CREATE INDEX duty_of_area ON safety.duty USING btree (area, starts_at) WHERE (cancelled_at IS NULL);
CREATE INDEX events_in_area ON safety.event USING btree (area, opened_at DESC);
CREATE INDEX handouts_of ON safety.footage_handout USING btree (request_id, at);
CREATE INDEX footage_in_area ON safety.footage_request USING btree (area, received_at DESC);
CREATE INDEX footage_of_person ON safety.footage_request USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE UNIQUE INDEX one_running ON safety.footage_request USING btree (person_id, camera_id) WHERE ((status = 'waiting'::text) AND (person_id IS NOT NULL));
CREATE INDEX patrols_of ON safety.patrol USING btree (group_id, starts_at) WHERE (cancelled_at IS NULL);
CREATE INDEX places_of ON safety.patrol_place USING btree (person_id);
CREATE INDEX plans_of_area ON safety.plan USING btree (area, recorded_at DESC);
CREATE INDEX trainings_of ON safety.training USING btree (group_id, held_on DESC);
CREATE INDEX visits_of ON safety.visit USING btree (broadcast_id, person_id, at DESC);
CREATE INDEX watch_groups_in_area ON safety.watch_group USING btree (area);
CREATE INDEX member_of ON safety.watch_member USING btree (person_id);
CREATE UNIQUE INDEX member_once ON safety.watch_member USING btree (group_id, person_id) WHERE (left_at IS NULL);

-- Views

create view access.officer_of_post as
 SELECT p.id AS post_id,
    o.name AS officer_name,
    o.number AS officer_number,
    p.role,
    g.name AS organisation_name
   FROM ((access.post p
     JOIN access.officer o ON ((o.id = p.officer_id)))
     JOIN access.organisation g ON ((g.id = p.organisation_id)));
create view grid.public_incident as
 SELECT public_id,
    number,
    area,
    class_code,
    level,
    title,
    shown_place,
    shown_lon,
    shown_lat,
    reported_at,
    status,
    round,
    due_at,
    closed_at,
    outcome,
    open,
    handled_at,
    word_by,
    ((( SELECT count(*) AS count
           FROM grid.report r
          WHERE (r.incident_id = i.id)) + ( SELECT count(*) AS count
           FROM (grid.incident c
             JOIN grid.report r ON ((r.incident_id = c.id)))
          WHERE (c.parent_id = i.id))))::integer AS reports,
    ( SELECT o.name
           FROM access.organisation o
          WHERE (o.id = i.unit_id)) AS unit_name,
    GREATEST(reported_at, ( SELECT max(t.recorded_at) AS max
           FROM grid.timeline t
          WHERE (t.incident_id = ANY (ARRAY[i.id, i.parent_id])))) AS changed_at,
    stage_due_at,
    was_late,
        CASE
            WHEN (status = 'hung'::text) THEN ((pauses -> '-1'::integer) ->> 'why'::text)
            WHEN ((extension ->> 'approvedAt'::text) IS NOT NULL) THEN (extension ->> 'why'::text)
            ELSE NULL::text
        END AS why,
    ( SELECT p.public_id
           FROM grid.incident p
          WHERE ((p.id = i.parent_id) AND p.shown)) AS parent_public_id
   FROM grid.incident i
  WHERE shown;
create view grid.unit as
 SELECT id,
    name,
    area,
    kind
   FROM access.organisation o
  WHERE (kind = ANY (ARRAY['street_office'::text, 'bureau'::text, 'unit'::text]));
create view grid.request as
 SELECT public_id,
    number,
    reported_at,
    class_code,
    shown,
    (parent_id IS NOT NULL) AS linked,
    area,
        CASE
            WHEN shown THEN title
            ELSE NULL::text
        END AS title,
        CASE
            WHEN shown THEN shown_place
            ELSE NULL::text
        END AS shown_place,
        CASE
            WHEN shown THEN shown_lon
            ELSE NULL::double precision
        END AS lon,
        CASE
            WHEN shown THEN shown_lat
            ELSE NULL::double precision
        END AS lat,
        CASE
            WHEN (parent_id IS NULL) THEN status
            ELSE ( SELECT p.status
               FROM grid.incident p
              WHERE (p.id = i.parent_id))
        END AS status,
        CASE
            WHEN (parent_id IS NULL) THEN outcome
            ELSE ( SELECT p.outcome
               FROM grid.incident p
              WHERE (p.id = i.parent_id))
        END AS outcome,
        CASE
            WHEN (parent_id IS NULL) THEN open
            ELSE ( SELECT p.open
               FROM grid.incident p
              WHERE (p.id = i.parent_id))
        END AS open,
        CASE
            WHEN (NOT shown) THEN NULL::timestamp with time zone
            WHEN (parent_id IS NOT NULL) THEN ( SELECT p.due_at
               FROM grid.incident p
              WHERE ((p.id = i.parent_id) AND (NOT p.due_provisional)))
            WHEN (NOT due_provisional) THEN due_at
            ELSE NULL::timestamp with time zone
        END AS due_at,
    GREATEST(reported_at,
        CASE
            WHEN (parent_id IS NOT NULL) THEN closed_at
            ELSE NULL::timestamp with time zone
        END, ( SELECT t.recorded_at
           FROM grid.timeline t
          WHERE ((t.incident_id = COALESCE(i.parent_id, i.id)) AND (t.seq =
                CASE
                    WHEN (i.parent_id IS NULL) THEN i.seq
                    ELSE ( SELECT p.seq
                       FROM grid.incident p
                      WHERE (p.id = i.parent_id))
                END)))) AS changed_at,
        CASE
            WHEN shown THEN ( SELECT o.name
               FROM access.organisation o
              WHERE (o.id =
                    CASE
                        WHEN (i.parent_id IS NULL) THEN i.unit_id
                        ELSE ( SELECT p.unit_id
                           FROM grid.incident p
                          WHERE (p.id = i.parent_id))
                    END))
            ELSE NULL::text
        END AS unit_name,
        CASE
            WHEN shown THEN ( SELECT f.id
               FROM grid.photo f
              WHERE ((f.incident_id = i.id) AND f.shown)
              ORDER BY f.added_at, f.id
             LIMIT 1)
            ELSE NULL::uuid
        END AS photo_id
   FROM grid.incident i;
create view grid.public_request as
 SELECT public_id,
    number,
    reported_at,
    class_code,
    shown,
    linked,
    area,
    title,
    shown_place,
    lon,
    lat,
    status,
    outcome,
    open,
    due_at,
    changed_at,
    unit_name,
    photo_id
   FROM grid.request
  WHERE shown;
create view grid.public_fact as
 SELECT x.public_id,
    x.mark,
    t.fact,
    (t.payload ->> 'how'::text) AS how,
    (t.payload ->> 'unitName'::text) AS unit_name,
    t.recorded_at
   FROM (grid.timeline t
     CROSS JOIN LATERAL ( SELECT i.public_id,
            (t.seq)::text AS mark
           FROM grid.incident i
          WHERE ((i.id = t.incident_id) AND i.shown)
        UNION ALL
         SELECT i.public_id,
            ('p'::text || t.seq)
           FROM grid.incident i
          WHERE ((i.parent_id = t.incident_id) AND i.shown AND (t.recorded_at > i.closed_at))) x)
  WHERE (t.fact <> ALL (ARRAY['hidden'::text, 'shown'::text]));
create view safety.public_camera as
 SELECT id,
    area,
    place,
    purpose,
    keeper,
    contact,
    retention_days,
    sign,
    basis,
    recorded_at,
    lon,
    lat,
    crs
   FROM safety.camera c
  WHERE (status = 'current'::text);

-- Functions that take or give a row of a table or view

CREATE OR REPLACE FUNCTION access.acting_administrator()
 RETURNS access.post
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare found_post access.post;
begin
  select p.* into found_post from access.post p where p.id = coalesce(access.acting('system-administrator'), access.acting('security-administrator'), access.acting('audit-administrator'));
  if found_post.id is null then raise exception 'only administrators may do this' using errcode = '42501'; end if;
  return found_post;
end $function$
;
CREATE OR REPLACE FUNCTION access.bars_decision(r access.proposal, acting_post uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case when r.outcome is not null then 'decided'
    when (select p.officer_id from access.post p where p.id = acting_post) in (r.officer_id, (select p.officer_id from access.post p where p.id = r.proposed_by)) then 'own' end $function$
;
CREATE OR REPLACE FUNCTION access.do_stop(o access.officer, the_reason text, at timestamp with time zone, by_post uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update access.officer set stopped_at = at, stopped_by = by_post, stopped_why = the_reason where id = o.id;
  select auth.stop(o.account_id::uuid, at), access.note(o.id, 'stopped', at, by_post, the_reason) $function$
;
CREATE OR REPLACE FUNCTION access.officer_in_reach(the_officer uuid)
 RETURNS SETOF access.officer
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select o.* from access.officer o join access.organisation g on g.id = o.organisation_id where o.id = the_officer and access.in_reach(g.area) for update of o $function$
;
CREATE OR REPLACE FUNCTION grid.requests_of_key(the_hash bytea, since timestamp with time zone, until timestamp with time zone, most integer)
 RETURNS SETOF grid.request
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select q.* from grid.request q where q.public_id in (
    select i.public_id from grid.api_key k join grid.report r on r.api_key_id = k.id join grid.incident i on i.id = r.incident_id
    where k.key_hash = the_hash and k.ended_at is null and r.reported_at between since and until order by r.reported_at desc limit least(most, 1000))
  order by q.reported_at desc, q.public_id $function$
;
CREATE OR REPLACE FUNCTION grid.requests_of(ids uuid[])
 RETURNS SETOF grid.request
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select r.* from grid.request r where r.public_id = any(ids) $function$
;
CREATE OR REPLACE FUNCTION outreach.facts_on(the_day date, the_people uuid[])
 RETURNS SETOF outreach.person
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with home as (
    select o.person_id, o.area, count(*) filter (where not q.safety_flag) over at_home + q.safety_flag::int as persons,
      -- One unknown income leaves the family's unknown. A hidden person is in nobody else's.
      case when count(*) filter (where i.monthly_fen is null and not q.safety_flag) over at_home = 0 and not (q.safety_flag and i.monthly_fen is null)
        then coalesce(sum(i.monthly_fen) filter (where not q.safety_flag) over at_home, 0) + case when q.safety_flag then i.monthly_fen else 0 end end as income
    from people.dwelling_occupancy o
    join people.person q on q.id = o.person_id
    left join people.income_declaration i on i.person_id = o.person_id and i.during @> the_day
    where o.during @> the_day and (the_people is null or o.dwelling_id in (
      select mine.dwelling_id from people.dwelling_occupancy mine where mine.person_id = any(the_people) and mine.during @> the_day))
    window at_home as (partition by o.dwelling_id)),
  hukou as (
    select h.person_id, h.area, case when h.household_id is not null then count(*) filter (where not q.safety_flag) over in_book + q.safety_flag::int end as persons
    from people.hukou_spell h
    join people.person q on q.id = h.person_id
    where h.during @> the_day and (the_people is null or h.person_id = any(the_people) or h.household_id in (
      select mine.household_id from people.hukou_spell mine where mine.person_id = any(the_people) and mine.during @> the_day))
    window in_book as (partition by h.household_id)),
  permit as (
    select distinct on (s.person_id) s.person_id, lower(s.during) as since, upper(s.during) - 1 as until from people.residence_permit s
    where lower(s.during) <= the_day and (the_people is null or s.person_id = any(the_people)) order by s.person_id, lower(s.during) desc),
  running as (
    select c.applicant_id as person_id, array_agg(c.matter_code order by c.matter_code) as matters from cases.case c
    where c.open and (the_people is null or c.applicant_id = any(the_people)) group by c.applicant_id),
  paid as (
    select q.person_id, array_agg(q.matter_code order by q.matter_code) as matters from people.benefit_receipt q
    where q.during @> the_day and (the_people is null or q.person_id = any(the_people)) group by q.person_id)
  select p.id, coalesce(home.area, hukou.area), p.safety_flag, coalesce(running.matters, '{}'),
    -- Registers say of everybody whether there is something: 16, 32 and 128 to 1024.
    (p.born_on is not null)::int + 2 * (p.sex is not null)::int + 4 * (hukou.area is not null)::int + 8 * (home.area is not null)::int + 16 + 32
      + 64 * (income.monthly_fen is not null)::int + 128 * (certificate.grade is null or certificate.kind is not null)::int + 256 + 512 + 1024
      + 2048 * (home.area is not null)::int + 4096 * (hukou.persons is not null)::int + 8192 * (home.area is not null)::int
      + 16384 * (home.income is not null)::int,
    p.born_on, p.sex, hukou.area, home.area, lower(residence.during), coalesce(paid.matters, '{}'), income.monthly_fen,
    certificate.kind, certificate.grade, permit.since, permit.until, home.persons::int, hukou.persons::int, home.persons::int, home.income::bigint
  from people.person p
  left join hukou on hukou.person_id = p.id
  left join home on home.person_id = p.id
  left join permit on permit.person_id = p.id
  left join running on running.person_id = p.id
  left join paid on paid.person_id = p.id
  left join people.residence_spell residence on residence.person_id = p.id and residence.during @> the_day
  left join people.income_declaration income on income.person_id = p.id and income.during @> the_day
  left join people.disability_certificate certificate on certificate.person_id = p.id and certificate.during @> the_day
  where (the_people is null or p.id = any(the_people))
    and exists (select from areas.area a where a.code = coalesce(home.area, hukou.area)) $function$
;
CREATE OR REPLACE FUNCTION retention.barred(lead access.post, h retention.hold)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case when p.officer_id = lead.officer_id then 'own'
    when exists (select from unnest(p.areas) x where not retention.covers(lead.areas, x)) then 'above' end from access.post p where p.id = h.placed_by $function$
;
CREATE OR REPLACE FUNCTION retention.must_lead(at timestamp with time zone)
 RETURNS access.post
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare lead access.post; today date := (at at time zone 'Asia/Shanghai')::date;
begin
  select p.* into lead from access.post p join access.officer o on o.id = p.officer_id
  where p.id = nullif(current_setting('app.post', true), '')::uuid and p.scope = nullif(current_setting('app.scope', true), '')
    and p.ended_at is null and o.ended_at is null and p.valid_from <= today and (p.valid_to is null or p.valid_to >= today) and cardinality(p.domains) > 0
    and p.role not in ('system-administrator', 'security-administrator', 'audit-administrator')
    and not exists (select from unnest(p.areas) x where not exists (select from areas.area a where a.code = x and a.level in ('street', 'district')));
  if lead.id is null then raise insufficient_privilege using message = 'holds are placed, ended and read in a post of a street or district'; end if;
  return lead;
end $function$
;
CREATE OR REPLACE FUNCTION retention.sees(lead access.post, h retention.hold)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case h.kind when 'area' then retention.covers(lead.areas, h.area) and h.domains <@ lead.domains
    else exists (select from cases.case c where c.id = h.case_id and c.domain = any(lead.domains)
      and (retention.covers(lead.areas, c.origin_area) or retention.covers(lead.areas, c.handling_area))) end $function$
;

-- Triggers

CREATE TRIGGER numbered BEFORE INSERT ON access.proxy FOR EACH ROW WHEN ((new.given_how = 'window'::text)) EXECUTE FUNCTION access.number_proxy();
CREATE TRIGGER earlier_reports_are_superseded AFTER INSERT ON care.view FOR EACH ROW WHEN (((new.part = 'third'::text) OR ((new.part = 'second'::text) AND (new.says = 'same'::text)))) EXECUTE FUNCTION care.supersede_reports();
CREATE TRIGGER applicants_move BEFORE UPDATE ON cases."case" FOR EACH ROW WHEN ((CURRENT_USER = 'app_resident'::name)) EXECUTE FUNCTION cases.check_applicants_move();
CREATE TRIGGER assessments_go_with_it AFTER UPDATE OF stripped_at ON cases."case" FOR EACH ROW WHEN (((old.stripped_at IS NULL) AND (new.stripped_at IS NOT NULL))) EXECUTE FUNCTION care.forget_stripped();
CREATE TRIGGER noted AFTER INSERT OR UPDATE OF status ON cases."case" FOR EACH ROW EXECUTE FUNCTION outreach.note_change('applicant_id');
CREATE TRIGGER numbered BEFORE INSERT ON cases."case" FOR EACH ROW WHEN ((new.number IS NULL)) EXECUTE FUNCTION cases.give_number();
CREATE TRIGGER number_given BEFORE INSERT ON coordination.whistle FOR EACH ROW EXECUTE FUNCTION coordination.give_number();
CREATE TRIGGER number_given BEFORE INSERT ON grid.incident FOR EACH ROW EXECUTE FUNCTION grid.give_number();
CREATE TRIGGER numbered BEFORE INSERT ON hazards.hazard FOR EACH ROW WHEN ((new.number IS NULL)) EXECUTE FUNCTION hazards.give_number();
CREATE TRIGGER only_in_demo BEFORE INSERT ON messages.demo_outbox FOR EACH ROW EXECUTE FUNCTION messages.only_in_demo();
CREATE TRIGGER rooted BEFORE INSERT OR UPDATE ON outreach.snapshot FOR EACH ROW EXECUTE FUNCTION outreach.find_root();
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.benefit_receipt FOR EACH ROW EXECUTE FUNCTION outreach.note_change('person_id');
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.disability_certificate FOR EACH ROW EXECUTE FUNCTION outreach.note_change('person_id');
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.dwelling_occupancy FOR EACH ROW EXECUTE FUNCTION outreach.note_change('person_id');
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.hukou_spell FOR EACH ROW EXECUTE FUNCTION outreach.note_change('person_id');
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.income_declaration FOR EACH ROW EXECUTE FUNCTION outreach.note_change('person_id');
CREATE TRIGGER forgotten AFTER DELETE ON people.person REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION outreach.forget();
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.person FOR EACH ROW EXECUTE FUNCTION outreach.note_change('id');
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.residence_permit FOR EACH ROW EXECUTE FUNCTION outreach.note_change('person_id');
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON people.residence_spell FOR EACH ROW EXECUTE FUNCTION outreach.note_change('person_id');

-- Row security

alter table access.display enable row level security;
create policy display_is_own on access.display for all to app_resident
  using ((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")));
alter table access.person_account enable row level security;
create policy bound_at_the_window on access.person_account for insert to app_staff
  with check (((method = 'window'::text) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = person_account.person_id)))));
create policy person_in_scope on access.person_account for select to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = person_account.person_id))));
create policy server_reads_bindings on access.person_account for select to kaifong_app
  using (true);
create policy sweeps_find_accounts on access.person_account for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
create policy unbound_once on access.person_account for update to app_staff
  using (((ended_at IS NULL) AND (person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = person_account.person_id)))))
  with check (((ended_at IS NOT NULL) AND (ended_post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
alter table access.proxy enable row level security;
create policy ended_at_the_window on access.proxy for update to app_staff
  using (((ended_at IS NULL) AND (principal_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = proxy.principal_id)))))
  with check (((ended_at IS NOT NULL) AND (ended_by = 'officer'::text) AND (ended_post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
create policy ended_by_one_of_the_two on access.proxy for update to app_resident
  using (((ended_at IS NULL) AND ((principal_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) OR (proxy_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])))))
  with check (((ended_at IS NOT NULL) AND (ended_by = ANY (ARRAY['principal'::text, 'proxy'::text]))));
create policy given_at_the_window on access.proxy for insert to app_staff
  with check (((given_how = 'window'::text) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (proxy_id IS NULL) AND (ended_at IS NULL) AND (principal_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = proxy.principal_id)))));
create policy given_by_herself on access.proxy for insert to app_resident
  with check (((principal_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) AND (given_how = 'own'::text) AND (proxy_id IS NULL) AND (ended_at IS NULL)));
create policy one_of_the_two on access.proxy for select to app_resident
  using (((principal_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) OR (proxy_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))));
create policy person_in_scope on access.proxy for select to app_staff
  using ((principal_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = proxy.principal_id))));
alter table access.read_entry enable row level security;
create policy person_is_self on access.read_entry for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy proxies_write_entries on access.read_entry for insert to app_resident
  with check (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (post_id IS NULL) AND (purpose = 'proxy'::text) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))));
create policy sealer_reads_entries on access.read_entry for select to app_sealer
  using (true);
create policy staff_write_entries on access.read_entry for insert to app_staff
  with check (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
alter table care.view enable row level security;
create policy case_in_view on care.view for select to app_staff
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = view.case_id))));
create policy written_in_hand on care.view for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = view.case_id) AND c.open AND (c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))));
alter table cases.answer enable row level security;
create policy case_in_view on cases.answer for select to app_staff
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = answer.case_id))));
create policy case_is_own on cases.answer for select to app_resident
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = answer.case_id))));
create policy stated_at_the_window on cases.answer for insert to app_staff
  with check ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = answer.case_id) AND (((c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((c.seq = 1) AND (c.received_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)))))));
create policy stated_by_self on cases.answer for insert to app_resident
  with check ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = answer.case_id) AND (((c.status = 'received'::text) AND (c.seq = 1) AND (answer.version = 1)) OR ((c.status = 'correcting'::text) AND (((c.correction -> 'missing'::text) ? answer.question) OR (COALESCE((c.correction -> 'beside'::text), '[]'::jsonb) ? answer.question))))))));
alter table cases."case" enable row level security;
create policy case_handled_in_scope on cases."case" for update to app_staff, app_system
  using (((domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy case_in_view on cases."case" for select to app_staff, app_system
  using (((domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (((handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((origin_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (origin_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))));
create policy case_is_own on cases."case" for select to app_resident
  using ((applicant_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy case_moved_by_self on cases."case" for update to app_resident
  using ((applicant_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy case_opened_by_self on cases."case" for insert to app_resident
  with check (((status = 'received'::text) AND (seq = 1) AND (channel = 'phone'::text) AND (received_by IS NULL) AND (street = "left"(origin_area, 9)) AND starts_with(origin_area, handling_area) AND (applicant_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) AND (EXISTS ( SELECT
   FROM people.person p
  WHERE ((p.id = "case".applicant_id) AND (("case".origin_area = p.living_area) OR ("case".origin_area = p.hukou_area)))))));
create policy case_opened_in_scope on cases."case" for insert to app_staff
  with check (((status = 'received'::text) AND (seq = 1) AND (channel = 'window'::text) AND (received_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (street = "left"(origin_area, 9)) AND (domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (origin_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (origin_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND starts_with(origin_area, handling_area)));
create policy in_use on cases."case" as restrictive for all to app_resident, app_staff, app_system
  using ((open OR (restricted_at IS NULL)));
alter table cases.draft enable row level security;
create policy draft_begun_by_self on cases.draft for insert to app_resident
  with check (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND ((person_id IS NULL) OR (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))) AND ((proxy_id IS NULL) OR (EXISTS ( SELECT
   FROM access.proxy x
  WHERE ((x.id = draft.proxy_id) AND (x.principal_id = draft.person_id) AND (x.ended_at IS NULL) AND (draft.matter_code = ANY (x.matters))))))));
create policy draft_discarded_by_self on cases.draft for delete to app_resident
  using (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (submitted_case_id IS NULL)));
create policy draft_is_own on cases.draft for select to app_resident
  using (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND ((proxy_id IS NULL) OR (EXISTS ( SELECT
   FROM access.proxy x
  WHERE ((x.id = draft.proxy_id) AND (x.principal_id = draft.person_id) AND (x.ended_at IS NULL) AND (draft.matter_code = ANY (x.matters)) AND (x.principal_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))))))));
create policy draft_written_by_self on cases.draft for update to app_resident
  using ((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")))
  with check (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND ((submitted_case_id IS NULL) OR (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = draft.submitted_case_id) AND (c.matter_code = draft.matter_code)))))));
alter table cases.notice enable row level security;
create policy case_in_view on cases.notice for select to app_staff
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = notice.case_id))));
create policy case_is_own on cases.notice for select to app_resident
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = notice.case_id))));
create policy notice_handled on cases.notice for update to app_staff, app_system
  using (((taken_down_at IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = notice.case_id) AND (c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))))
  with check ((taken_down_at IS NOT NULL));
create policy notice_of_own_community on cases.notice for select to app_resident
  using (((taken_down_at IS NULL) AND (area = ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif"))));
create policy notice_published on cases.notice for insert to app_staff
  with check (((taken_down_at IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = notice.case_id) AND (c.origin_area = notice.area) AND (c.matter_code = notice.matter_code) AND (c.status = 'accepted'::text) AND (c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))));
create policy seen_by_sweeps on cases.notice for select to app_system
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = notice.case_id))));
alter table cases.objection enable row level security;
create policy case_in_view on cases.objection for select to app_staff
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = objection.case_id))));
create policy objection_answered on cases.objection for update to app_staff
  using (((answered_at IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = objection.case_id) AND (c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))))
  with check (((answered_at IS NOT NULL) AND (answered_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
create policy objection_is_own on cases.objection for select to app_resident
  using ((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")));
create policy seen_by_sweeps on cases.objection for select to app_system
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = objection.case_id))));
alter table cases.permit_reminder enable row level security;
create policy made_by_the_sweep on cases.permit_reminder for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table cases.timeline enable row level security;
create policy applicants_facts on cases.timeline for insert to app_resident
  with check (((actor_kind = 'resident'::text) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (post_id IS NULL) AND (schedule IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = timeline.case_id) AND (timeline.seq <= c.seq) AND
        CASE timeline.fact
            WHEN 'received'::text THEN (timeline.seq = 1)
            WHEN 'correction_answered'::text THEN (c.status = 'received'::text)
            WHEN 'check_agreed'::text THEN ((c.status = ANY (ARRAY['received'::text, 'correcting'::text, 'accepted'::text, 'paused'::text])) AND ((timeline.payload ->> 'how'::text) = 'account'::text))
            WHEN 'notice_taken_down'::text THEN (c.status = 'withdrawn'::text)
            WHEN 'withdrawn'::text THEN (c.status = 'withdrawn'::text)
            WHEN 'material_withdrawn'::text THEN (c.status = ANY (ARRAY['received'::text, 'correcting'::text, 'accepted'::text, 'paused'::text]))
            WHEN 'rated'::text THEN (c.rating = ((timeline.payload ->> 'grade'::text))::integer)
            WHEN 'line_objected'::text THEN (EXISTS ( SELECT
               FROM cases."case" o
              WHERE ((o.id = ((timeline.payload ->> 'caseId'::text))::uuid) AND (o.seq = 1) AND starts_with(o.about, ((c.id)::text || '/'::text)))))
            ELSE false
        END)))));
create policy case_in_view on cases.timeline for select to app_staff
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = timeline.case_id))));
create policy case_is_own on cases.timeline for select to app_resident
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = timeline.case_id))));
create policy facts_of_time on cases.timeline for insert to app_system
  with check (((actor_kind = 'system'::text) AND (account_id IS NULL) AND (post_id IS NULL) AND (schedule IS NOT NULL) AND (fact = ANY (ARRAY['notice_taken_down'::text, 'due_recomputed'::text])) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = timeline.case_id) AND (timeline.seq <= c.seq))))));
create policy officers_facts on cases.timeline for insert to app_staff
  with check (((actor_kind = 'staff'::text) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (schedule IS NULL) AND ((fact = 'received'::text) = (seq = 1)) AND (fact <> ALL (ARRAY['objected'::text, 'withdrawn'::text, 'material_withdrawn'::text, 'rated'::text, 'due_recomputed'::text])) AND ((fact <> 'check_agreed'::text) OR ((payload ->> 'how'::text) = 'paper'::text)) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = timeline.case_id) AND (timeline.seq <= (c.seq + 1)) AND ((timeline.fact <> 'correction_answered'::text) OR ((c.status = 'received'::text) AND ((c.correction ->> 'answeredOn'::text) IS NOT NULL))) AND (((c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((c.seq = 1) AND (c.received_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid))))))));
alter table cases.unit_member enable row level security;
create policy case_in_view on cases.unit_member for select to app_staff
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = unit_member.case_id))));
create policy case_is_own on cases.unit_member for select to app_resident
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = unit_member.case_id))));
create policy member_authorises on cases.unit_member for update to app_resident
  using ((adult AND (authorised_at IS NULL) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) AND (NOT (EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = unit_member.case_id)))) AND cases.still_asks(id)))
  with check (((authorised_at IS NOT NULL) AND (authorised_how = 'account'::text)));
create policy member_is_self on cases.unit_member for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy named_at_the_window on cases.unit_member for insert to app_staff
  with check ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = unit_member.case_id) AND (((c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((c.seq = 1) AND (c.received_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)))))));
create policy named_by_applicant on cases.unit_member for insert to app_resident
  with check ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = unit_member.case_id) AND (c.matter_code = unit_member.matter_code) AND (c.number = unit_member.case_number) AND (((c.status = 'received'::text) AND (c.seq = 1)) OR (c.status = 'correcting'::text)) AND (unit_member.applicant_name = ( SELECT p.name
           FROM people.person p
          WHERE (p.id = c.applicant_id)))))));
create policy seen_by_sweeps on cases.unit_member for select to app_system
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = unit_member.case_id))));
create policy signature_seen on cases.unit_member for update to app_staff
  using ((adult AND (authorised_at IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = unit_member.case_id) AND (c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))))
  with check (((authorised_at IS NOT NULL) AND (authorised_how = 'paper'::text)));
alter table coordination.timeline enable row level security;
create policy facts_in_view on coordination.timeline for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM coordination.whistle w
  WHERE (w.id = timeline.whistle_id))));
create policy facts_of_a_sweep on coordination.timeline for insert to app_system
  with check (((actor_kind = 'system'::text) AND (fact = 'escalated'::text) AND (post_id IS NULL) AND (EXISTS ( SELECT
   FROM coordination.whistle w
  WHERE (w.id = timeline.whistle_id)))));
create policy facts_of_ones_own_act on coordination.timeline for insert to app_staff
  with check (((actor_kind = 'staff'::text) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM coordination.whistle w
  WHERE (w.id = timeline.whistle_id)))));
alter table coordination.whistle enable row level security;
create policy whistle_blown_in_scope on coordination.whistle for insert to app_staff
  with check (((status = 'open'::text) AND (seq = 1) AND (deciders = '{}'::uuid[]) AND (ratings = '[]'::jsonb) AND (street = "left"(area, 9)) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy whistle_in_view on coordination.whistle for select to app_staff, app_system
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy whistle_moved_in_scope on coordination.whistle for update to app_staff, app_system
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table documents.derivative enable row level security;
create policy erased_with_file on documents.derivative for delete to app_system
  using ((EXISTS ( SELECT
   FROM documents.file f
  WHERE ((f.id = derivative.file_id) AND (f.removed_at IS NOT NULL)))));
create policy file_in_view on documents.derivative for select to app_resident, app_staff, app_system
  using ((EXISTS ( SELECT
   FROM documents.file f
  WHERE (f.id = derivative.file_id))));
create policy made_anew on documents.derivative for update to app_system
  using ((EXISTS ( SELECT
   FROM documents.file f
  WHERE (f.id = derivative.file_id))));
create policy made_beside on documents.derivative for insert to app_system
  with check ((EXISTS ( SELECT
   FROM documents.file f
  WHERE ((f.id = derivative.file_id) AND (f.account_id IS NOT NULL)))));
create policy made_with_file on documents.derivative for insert to app_resident, app_staff
  with check ((EXISTS ( SELECT
   FROM documents.file f
  WHERE ((f.id = derivative.file_id) AND (f.account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif"))))));
alter table documents.document enable row level security;
create policy case_in_view on documents.document for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = document.case_id))));
create policy case_is_own on documents.document for select to app_resident
  using ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = document.case_id))));
create policy issued_in_hand on documents.document for insert to app_staff
  with check (((issued_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = document.case_id) AND (c.street = document.street) AND (c.matter_code = document.matter_code) AND (((c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((c.seq = 1) AND (c.received_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid))))))));
create policy left_by_applicant on documents.document for insert to app_resident
  with check (((issued_by IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = document.case_id) AND (c.street = document.street) AND (c.matter_code = document.matter_code) AND
        CASE document.kind
            WHEN 'receipt'::text THEN ((c.status = 'received'::text) AND (c.seq = 1))
            WHEN 'withdrawal'::text THEN (c.status = ANY (ARRAY['received'::text, 'correcting'::text, 'accepted'::text, 'paused'::text]))
            ELSE false
        END)))));
alter table documents.erased enable row level security;
create policy erased on documents.erased for all to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table documents.file enable row level security;
create policy file_added_by_self on documents.file for insert to app_resident
  with check (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND ((person_id IS NULL) OR (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))) AND (((case_id IS NULL) AND (EXISTS ( SELECT
   FROM cases.draft d
  WHERE ((d.id = file.draft_id) AND (d.submitted_case_id IS NULL))))) OR ((draft_id IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = file.case_id) AND (c.status = ANY (ARRAY['received'::text, 'correcting'::text])))))))));
create policy file_erased on documents.file for delete to app_system
  using (((removed_at IS NOT NULL) AND (( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL)));
create policy file_is_own on documents.file for select to app_resident
  using (((removed_at IS NULL) AND (((case_id IS NULL) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND ((draft_id IS NULL) OR (EXISTS ( SELECT
   FROM cases.draft d
  WHERE (d.id = file.draft_id))))) OR ((case_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = file.case_id)))))));
create policy file_marked on documents.file for select to app_system
  using (((removed_at IS NOT NULL) AND (( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL)));
create policy file_moves_with_draft on documents.file for update to app_resident
  using (((removed_at IS NULL) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (case_id IS NULL)))
  with check (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = file.case_id) AND (c.status = 'received'::text) AND (c.seq = 1))))));
create policy file_of_case_in_view on documents.file for select to app_staff, app_system
  using (((removed_at IS NULL) AND (case_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = file.case_id)))));
create policy file_printed on documents.file for insert to app_system
  with check (((account_id IS NULL) AND (person_id IS NULL) AND (draft_id IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = file.case_id)))));
create policy file_taken_at_window on documents.file for insert to app_staff
  with check (((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (person_id IS NULL) AND (draft_id IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = file.case_id) AND (c.status = ANY (ARRAY['received'::text, 'correcting'::text])))))));
create policy photo_in_view on documents.file for select to app_staff, app_system
  using (((photo_id IS NOT NULL) AND (removed_at IS NULL) AND (EXISTS ( SELECT
   FROM grid.photo p
  WHERE (p.file_id = file.id)))));
create policy photo_let_go on documents.file for update to app_system
  using (((photo_id IS NOT NULL) AND (removed_at IS NULL)))
  with check ((removed_at IS NOT NULL));
alter table documents.material enable row level security;
create policy material_added on documents.material for insert to app_staff
  with check (((draft_id IS NULL) AND (withdrawn_at IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = material.case_id) AND (c.status = ANY (ARRAY['received'::text, 'correcting'::text]))))) AND (EXISTS ( SELECT
   FROM documents.file f
  WHERE ((f.id = material.file_id) AND (f.case_id = material.case_id))))));
create policy material_added_by_self on documents.material for insert to app_resident
  with check (((withdrawn_at IS NULL) AND (((case_id IS NULL) AND (EXISTS ( SELECT
   FROM cases.draft d
  WHERE ((d.id = material.draft_id) AND (d.submitted_case_id IS NULL)))) AND (EXISTS ( SELECT
   FROM documents.file f
  WHERE ((f.id = material.file_id) AND (f.draft_id = material.draft_id) AND (f.case_id IS NULL))))) OR ((draft_id IS NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = material.case_id) AND (c.status = ANY (ARRAY['received'::text, 'correcting'::text]))))) AND (EXISTS ( SELECT
   FROM documents.file f
  WHERE ((f.id = material.file_id) AND (f.case_id = material.case_id))))))));
create policy material_is_own on documents.material for select to app_resident
  using ((((case_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = material.case_id)))) OR ((case_id IS NULL) AND (EXISTS ( SELECT
   FROM cases.draft d
  WHERE (d.id = material.draft_id))))));
create policy material_moves_or_is_withdrawn on documents.material for update to app_resident
  using (((withdrawn_at IS NULL) AND (((case_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = material.case_id)))) OR ((case_id IS NULL) AND (EXISTS ( SELECT
   FROM cases.draft d
  WHERE (d.id = material.draft_id)))))))
  with check ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = material.case_id) AND (((c.status = 'received'::text) AND (c.seq = 1)) OR ((material.withdrawn_at IS NOT NULL) AND (c.status = ANY (ARRAY['received'::text, 'correcting'::text, 'accepted'::text, 'paused'::text]))))))));
create policy material_of_case_in_view on documents.material for select to app_staff
  using (((case_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE (c.id = material.case_id)))));
create policy material_removed_with_draft on documents.material for delete to app_resident
  using (((case_id IS NULL) AND (EXISTS ( SELECT
   FROM cases.draft d
  WHERE (d.id = material.draft_id)))));
alter table documents.print enable row level security;
create policy document_in_view on documents.print for select to app_resident, app_staff, app_system
  using ((EXISTS ( SELECT
   FROM documents.document d
  WHERE (d.id = print.document_id))));
create policy printed on documents.print for insert to app_system
  with check ((EXISTS ( SELECT
   FROM (documents.document d
     JOIN documents.file f ON ((f.case_id = d.case_id)))
  WHERE ((d.id = print.document_id) AND (f.id = print.file_id) AND (f.account_id IS NULL)))));
alter table documents.print_failure enable row level security;
create policy document_in_view on documents.print_failure for select to app_staff
  using ((EXISTS ( SELECT
   FROM documents.document d
  WHERE (d.id = print_failure.document_id))));
create policy noted on documents.print_failure for all to app_system
  using ((EXISTS ( SELECT
   FROM documents.document d
  WHERE (d.id = print_failure.document_id))));
alter table grid.assignment enable row level security;
create policy assigned_in_scope on grid.assignment for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND (EXISTS ( SELECT
   FROM grid.grid g
  WHERE ((g.code = assignment.grid_code) AND (g.area = assignment.area) AND (g.valid_to IS NULL))))));
create policy assignment_ended_in_scope on grid.assignment for update to app_staff
  using (((ended_at IS NULL) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check ((ended_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy assignment_in_view on grid.assignment for select to app_staff
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table grid.crossing enable row level security;
create policy crossings_are_public on grid.crossing for select to app_public, app_resident, app_staff, app_system
  using (true);
alter table grid.dwelling_grid enable row level security;
create policy home_in_view on grid.dwelling_grid for select to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy home_moved_in_scope on grid.dwelling_grid for update to app_staff
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM grid.grid g
  WHERE ((g.id = dwelling_grid.grid_id) AND (g.area = dwelling_grid.area) AND (g.valid_to IS NULL))))));
create policy home_put_in_scope on grid.dwelling_grid for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND (EXISTS ( SELECT
   FROM people.dwelling d
  WHERE ((d.id = dwelling_grid.dwelling_id) AND (d.area = dwelling_grid.area)))) AND (EXISTS ( SELECT
   FROM grid.grid g
  WHERE ((g.id = dwelling_grid.grid_id) AND (g.area = dwelling_grid.area) AND (g.valid_to IS NULL))))));
alter table grid.dwelling_point enable row level security;
create policy point_in_view on grid.dwelling_point for select to app_staff
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy point_moved_in_scope on grid.dwelling_point for update to app_staff
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check ((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy point_set_in_scope on grid.dwelling_point for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND (EXISTS ( SELECT
   FROM people.dwelling d
  WHERE ((d.id = dwelling_point.dwelling_id) AND (d.area = dwelling_point.area))))));
alter table grid.facility enable row level security;
create policy facilities_are_public on grid.facility for select to app_public, app_resident, app_staff, app_system
  using (true);
alter table grid.field_device enable row level security;
create policy device_heard_of_by_its_own_post on grid.field_device for update to app_staff
  using ((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy device_in_supervision on grid.field_device for select to app_staff
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy device_of_own_post on grid.field_device for select to app_staff
  using ((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy device_registered_by_own_post on grid.field_device for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (recovered_at IS NULL)));
alter table grid.field_record enable row level security;
create policy record_answered on grid.field_record for update to app_staff
  using ((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy record_by_own_post on grid.field_record for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (stripped_at IS NULL) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy record_in_view on grid.field_record for select to app_staff
  using (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) OR (('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))));
create policy record_let_go on grid.field_record for update to app_system
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy record_seen_by_sweep on grid.field_record for select to app_system
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table grid.grid enable row level security;
create policy grid_drawn_in_scope on grid.grid for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy grid_ended_in_scope on grid.grid for update to app_staff
  using (((valid_to IS NULL) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check (((valid_to IS NOT NULL) AND (ended_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
create policy grids_are_public on grid.grid for select to app_public, app_resident, app_staff, app_system
  using (true);
alter table grid.incident enable row level security;
create policy incident_in_view on grid.incident for select to app_staff, app_system
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy incident_moved_in_scope on grid.incident for update to app_staff, app_system
  using ((('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy incident_reported_across_a_border on grid.incident for insert to app_staff
  with check (((status = 'reported'::text) AND (seq = 1) AND (round = 1) AND (NOT shown) AND (title IS NULL) AND (channel = 'worker'::text) AND (street = "left"(area, 9)) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND ("left"(area, 4) = ( SELECT "left"(NULLIF(current_setting('app.scope'::text, true), ''::text), 4) AS "left"))));
create policy incident_reported_by_anybody on grid.incident for insert to app_public, app_resident
  with check (((status = 'reported'::text) AND (seq = 1) AND (round = 1) AND (NOT shown) AND (title IS NULL) AND (channel = ANY (ARRAY['page'::text, 'open311'::text])) AND (street = "left"(area, 9))));
create policy incident_reported_in_scope on grid.incident for insert to app_staff
  with check (((status = 'reported'::text) AND (seq = 1) AND (round = 1) AND (NOT shown) AND (title IS NULL) AND (channel = ANY (ARRAY['worker'::text, 'phone'::text, 'inspection'::text])) AND (street = "left"(area, 9)) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table grid.outline enable row level security;
create policy outline_drawn_in_scope on grid.outline for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy outline_ended_in_scope on grid.outline for update to app_staff
  using (((valid_to IS NULL) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check (((valid_to IS NOT NULL) AND (ended_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
create policy outline_in_view on grid.outline for select to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table grid.photo enable row level security;
create policy photo_cleared on grid.photo for update to app_staff
  using ((EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = photo.incident_id))))
  with check (((cleared_at IS NOT NULL) AND (cleared_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
create policy photo_in_view on grid.photo for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = photo.incident_id))));
create policy photo_let_go on grid.photo for delete to app_system
  using ((((incident_id IS NULL) AND (( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL)) OR (EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = photo.incident_id)))));
create policy photo_waits on grid.photo for select to app_system
  using (((incident_id IS NULL) AND (( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL)));
alter table grid.report enable row level security;
create policy report_is_own on grid.report for select to app_resident
  using ((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")));
create policy report_let_go on grid.report for update to app_system
  using ((EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = report.incident_id))));
create policy report_of_incident_in_view on grid.report for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = report.incident_id))));
create policy reported_by_officer on grid.report for insert to app_staff
  with check (((account_id IS NULL) AND (person_id IS NULL) AND (api_key_id IS NULL) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[]))));
create policy reported_by_self on grid.report for insert to app_resident
  with check (((post_id IS NULL) AND (api_key_id IS NULL) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND ((person_id IS NULL) OR (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])))));
create policy reported_by_stranger on grid.report for insert to app_public
  with check (((post_id IS NULL) AND (account_id IS NULL) AND (person_id IS NULL)));
alter table grid.task enable row level security;
create policy task_in_view on grid.task for select to app_staff
  using (((( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif") && ARRAY['grid'::text, line]) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy task_moved_in_scope on grid.task for update to app_staff
  using (((( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif") && ARRAY['grid'::text, line]) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy task_pushed_in_scope on grid.task for insert to app_staff
  with check (((status = 'pushed'::text) AND (seq = 1) AND (worker_id IS NULL) AND (line = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table grid.task_timeline enable row level security;
create policy task_facts_in_view on grid.task_timeline for select to app_staff
  using ((EXISTS ( SELECT
   FROM grid.task t
  WHERE (t.id = task_timeline.task_id))));
create policy task_facts_of_ones_own_act on grid.task_timeline for insert to app_staff
  with check (((actor_kind = 'staff'::text) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM grid.task t
  WHERE (t.id = task_timeline.task_id)))));
alter table grid.timeline enable row level security;
create policy facts_in_view on grid.timeline for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = timeline.incident_id))));
create policy facts_of_a_sweep on grid.timeline for insert to app_system
  with check (((actor_kind = 'system'::text) AND (post_id IS NULL) AND (EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = timeline.incident_id)))));
create policy facts_of_ones_own_act on grid.timeline for insert to app_staff
  with check (((actor_kind = 'staff'::text) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM grid.incident i
  WHERE (i.id = timeline.incident_id)))));
create policy first_fact on grid.timeline for insert to app_public, app_resident
  with check (((seq = 1) AND (fact = 'reported'::text) AND (post_id IS NULL) AND (schedule IS NULL) AND (account_id IS NULL)));
create policy first_fact_across_a_border on grid.timeline for insert to app_staff
  with check (((seq = 1) AND (fact = 'reported'::text) AND (actor_kind = 'staff'::text) AND (schedule IS NULL) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND ('grid'::text = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[]))));
alter table hazards.hazard enable row level security;
create policy hazard_in_hand on hazards.hazard for update to app_staff, app_system
  using (((domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (((handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((length(handling_area) = 9) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))))
  with check (((domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy hazard_in_view on hazards.hazard for select to app_staff, app_system
  using (((domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (((handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))));
create policy hazard_is_followed on hazards.hazard for select to app_resident
  using ((id IN ( SELECT hazards.followed() AS followed)));
create policy hazard_registered_in_scope on hazards.hazard for insert to app_staff
  with check (((status = 'registered'::text) AND (seq = 2) AND (opened_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table hazards.keeper enable row level security;
create policy hazard_in_view on hazards.keeper for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE (h.id = keeper.hazard_id))));
create policy keeper_forgotten on hazards.keeper for delete to app_system
  using ((EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE ((h.id = keeper.hazard_id) AND (NOT h.open)))));
create policy keeper_of_hazard_in_view on hazards.keeper for insert to app_staff
  with check ((EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE ((h.id = keeper.hazard_id) AND h.open))));
alter table hazards.report enable row level security;
create policy report_is_own on hazards.report for select to app_resident
  using ((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")));
create policy words_forgotten on hazards.report for delete to app_system
  using ((EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE ((h.id = report.hazard_id) AND (NOT h.open)))));
create policy words_of_hazard_in_view on hazards.report for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE (h.id = report.hazard_id))));
alter table hazards.timeline enable row level security;
create policy facts_are_followed on hazards.timeline for select to app_resident
  using ((hazard_id IN ( SELECT hazards.followed() AS followed)));
create policy facts_of_time on hazards.timeline for insert to app_system
  with check (((actor_kind = 'system'::text) AND (account_id IS NULL) AND (post_id IS NULL) AND (schedule IS NOT NULL) AND (fact = 'due_recomputed'::text) AND (EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE ((h.id = timeline.hazard_id) AND (timeline.seq <= h.seq))))));
create policy hazard_in_view on hazards.timeline for select to app_staff, app_system
  using ((EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE (h.id = timeline.hazard_id))));
create policy officers_facts on hazards.timeline for insert to app_staff
  with check (((actor_kind = 'staff'::text) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (schedule IS NULL) AND (fact <> ALL (ARRAY['reported'::text, 'due_recomputed'::text])) AND (EXISTS ( SELECT
   FROM hazards.hazard h
  WHERE ((h.id = timeline.hazard_id) AND (timeline.seq <= h.seq))))));
alter table messages.channel_choice enable row level security;
create policy choice_is_own on messages.channel_choice for all to app_resident
  using ((account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")));
create policy choices_are_kept_to on messages.channel_choice for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table messages.dispatch enable row level security;
create policy dispatch_is_own on messages.dispatch for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy sent_by_sweeps on messages.dispatch for all to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table messages.message enable row level security;
create policy hazard_told_to_keeper on messages.message for insert to app_staff
  with check (((case_id IS NULL) AND (kind = ANY (ARRAY['hazard_told'::text, 'hazard_ordered'::text])) AND (EXISTS ( SELECT
   FROM (hazards.keeper k
     JOIN hazards.hazard h ON ((h.id = k.hazard_id)))
  WHERE ((k.person_id = message.person_id) AND (h.number = (message.params ->> 'number'::text)) AND h.open)))));
create policy message_about_account on messages.message for insert to app_staff
  with check (((case_id IS NULL) AND (kind = ANY (ARRAY['account_bound'::text, 'account_unbound'::text])) AND (EXISTS ( SELECT
   FROM people.person p
  WHERE (p.id = message.person_id)))));
create policy message_about_own_account on messages.message for insert to app_resident
  with check (((case_id IS NULL) AND (kind = ANY (ARRAY['phone_changed'::text, 'bank_account_changed'::text])) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))));
create policy message_about_own_email on messages.message for insert to app_resident
  with check (((case_id IS NULL) AND (kind = ANY (ARRAY['email_changed'::text, 'email_removed'::text])) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))));
create policy message_about_own_proxy on messages.message for insert to app_resident
  with check (((case_id IS NULL) AND (((kind = 'proxy_given'::text) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))) OR ((kind = 'proxy_taken'::text) AND (person_id IN ( SELECT x.principal_id
   FROM access.proxy x
  WHERE (x.proxy_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))))))));
create policy message_about_proxy on messages.message for insert to app_staff
  with check (((case_id IS NULL) AND (kind = ANY (ARRAY['proxy_given'::text, 'proxy_ended'::text])) AND (EXISTS ( SELECT
   FROM people.person p
  WHERE (p.id = message.person_id)))));
create policy message_is_own on messages.message for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy message_read_by_self on messages.message for update to app_resident
  using (((read_at IS NULL) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))))
  with check ((read_at IS NOT NULL));
create policy message_to_send on messages.message for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
create policy permit_ending_told on messages.message for insert to app_system
  with check (((case_id IS NULL) AND (kind = 'permit_ending'::text) AND (EXISTS ( SELECT
   FROM cases.permit_reminder r
  WHERE ((r.person_id = message.person_id) AND (r.told_at = message.made_at))))));
create policy told_by_officer on messages.message for insert to app_staff
  with check ((EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = message.case_id) AND (c.applicant_id = message.person_id) AND (((c.handling_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (c.handling_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((c.seq = 1) AND (c.received_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)))))));
create policy told_by_self on messages.message for insert to app_resident
  with check (((kind = ANY (ARRAY['received'::text, 'correction_answered'::text, 'withdrawn'::text])) AND (EXISTS ( SELECT
   FROM cases."case" c
  WHERE ((c.id = message.case_id) AND (c.applicant_id = message.person_id))))));
create policy told_of_a_warning on messages.message for insert to app_system
  with check (((case_id IS NULL) AND (kind = ANY (ARRAY['warning'::text, 'warning_urgent'::text])) AND (EXISTS ( SELECT
   FROM safety.broadcast_told t
  WHERE ((t.person_id = message.person_id) AND (t.broadcast_id = ((message.params ->> 'warning'::text))::uuid) AND (t.told_at = message.made_at))))));
create policy told_of_a_withdrawal on messages.message for insert to app_system
  with check (((case_id IS NULL) AND (kind = 'warning_withdrawn'::text) AND (EXISTS ( SELECT
   FROM safety.broadcast_told t
  WHERE ((t.person_id = message.person_id) AND (t.broadcast_id = ((message.params ->> 'warning'::text))::uuid) AND (t.withdrawn_told_at = message.made_at))))));
create policy told_of_footage on messages.message for insert to app_staff
  with check (((case_id IS NULL) AND (kind = 'footage_decided'::text) AND (EXISTS ( SELECT
   FROM safety.footage_request r
  WHERE ((r.id = ((message.params ->> 'request'::text))::uuid) AND (r.person_id = message.person_id) AND (r.decided_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid))))));
create policy told_of_what_was_found on messages.message for insert to app_system
  with check (((case_id IS NULL) AND (kind = 'found'::text) AND (EXISTS ( SELECT
   FROM outreach.told t
  WHERE ((t.person_id = message.person_id) AND (t.matter_code = (message.params ->> 'matter'::text)) AND (t.told_at = message.made_at))))));
alter table messages.sweep enable row level security;
create policy sweeps_remember on messages.sweep for all to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table outreach.changed enable row level security;
alter table outreach.found enable row level security;
create policy found_herself on outreach.found for select to app_resident
  using (((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) AND (EXISTS ( SELECT
   FROM outreach.run r
  WHERE (r.id = found.run_id)))));
create policy found_in_her_area on outreach.found for select to app_staff
  using (((NOT hidden) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND (EXISTS ( SELECT
   FROM outreach.run r
  WHERE ((r.id = found.run_id) AND (r.status = 'done'::text) AND (NOT (EXISTS ( SELECT
           FROM outreach.opt_out o
          WHERE ((o.person_id = found.person_id) AND (o.matter_code = r.matter_code) AND (o.ended_at IS NULL)))))))) AND (EXISTS ( SELECT
   FROM people.person p
  WHERE ((p.id = found.person_id) AND (NOT p.safety_flag))))));
create policy gone_in_time on outreach.found for delete to app_system
  using ((EXISTS ( SELECT
   FROM outreach.run r
  WHERE (r.id = found.run_id))));
create policy of_its_search on outreach.found for select to app_system
  using ((EXISTS ( SELECT
   FROM outreach.run r
  WHERE (r.id = found.run_id))));
create policy written_by_its_search on outreach.found for insert to app_system
  with check ((EXISTS ( SELECT
   FROM outreach.run r
  WHERE ((r.id = found.run_id) AND (r.status = 'running'::text)))));
alter table outreach.opt_out enable row level security;
create policy heeded_by_searches on outreach.opt_out for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
create policy own_wish on outreach.opt_out for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy person_in_scope on outreach.opt_out for select to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = opt_out.person_id))));
create policy said_by_herself on outreach.opt_out for insert to app_resident
  with check (((ended_at IS NULL) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))));
create policy taken_back_by_herself on outreach.opt_out for update to app_resident
  using (((ended_at IS NULL) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))))
  with check ((ended_at IS NOT NULL));
alter table outreach.person enable row level security;
create policy searched on outreach.person for select to app_system
  using ((( SELECT starts_with(s.root, NULLIF(current_setting('app.scope'::text, true), ''::text)) AS starts_with
   FROM outreach.snapshot s) OR ((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))));
alter table outreach.run enable row level security;
create policy asked_for_in_scope on outreach.run for insert to app_staff
  with check (((status = 'waiting'::text) AND (requested_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy begun_by_night on outreach.run for insert to app_system
  with check (((status = 'waiting'::text) AND (requested_by IS NULL) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy frozen_when_done on outreach.run for update to app_system
  using (((status = ANY (ARRAY['waiting'::text, 'running'::text])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy in_her_area_and_line on outreach.run for select to app_staff
  using (((domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR starts_with(( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif"), area))));
create policy stopped_in_scope on outreach.run for update to app_staff
  using (((status = ANY (ARRAY['waiting'::text, 'running'::text])) AND (domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check (((status = 'cancelled'::text) AND (cancelled_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
create policy that_may_name_her on outreach.run for select to app_resident
  using (((status = 'done'::text) AND (( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif") IS NOT NULL)));
create policy worked_on on outreach.run for select to app_system
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table outreach.run_count enable row level security;
create policy begun_anew on outreach.run_count for delete to app_system
  using ((EXISTS ( SELECT
   FROM outreach.run r
  WHERE ((r.id = run_count.run_id) AND (r.status <> 'done'::text)))));
create policy counted_by_its_search on outreach.run_count for insert to app_system
  with check ((EXISTS ( SELECT
   FROM outreach.run r
  WHERE ((r.id = run_count.run_id) AND (r.status = 'running'::text)))));
create policy counted_in_her_area on outreach.run_count for select to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND (EXISTS ( SELECT
   FROM outreach.run r
  WHERE ((r.id = run_count.run_id) AND (r.status = 'done'::text))))));
create policy of_its_search on outreach.run_count for select to app_system
  using ((EXISTS ( SELECT
   FROM outreach.run r
  WHERE (r.id = run_count.run_id))));
alter table outreach.snapshot enable row level security;
create policy read_by_searches on outreach.snapshot for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
create policy told_to_officers on outreach.snapshot for select to app_staff
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table outreach.told enable row level security;
create policy seen_by_sweeps on outreach.told for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
create policy told_anew on outreach.told for update to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL))
  with check ((EXISTS ( SELECT
   FROM outreach.found f
  WHERE ((f.run_id = told.run_id) AND (f.person_id = told.person_id) AND (f.list = 'fits'::text)))));
create policy told_what_was_found on outreach.told for insert to app_system
  with check ((EXISTS ( SELECT
   FROM outreach.found f
  WHERE ((f.run_id = told.run_id) AND (f.person_id = told.person_id) AND (f.list = 'fits'::text)))));
alter table outreach.told_run enable row level security;
create policy noted_by_sweeps on outreach.told_run for all to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table outreach.visit enable row level security;
create policy gone_in_time on outreach.visit for delete to app_system
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy in_her_area_and_line on outreach.visit for select to app_staff
  using (((domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy made_in_scope on outreach.visit for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (domain = ANY (( SELECT (NULLIF(current_setting('app.domains'::text, true), ''::text))::text[] AS "nullif")::text[])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND (person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = visit.person_id)))));
create policy seen_to_be_removed on outreach.visit for select to app_system
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table outreach.visit_taken_back enable row level security;
create policy taken_back_by_who_noted_it on outreach.visit_taken_back for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM ((outreach.visit v
     JOIN access.officer_of_post noted ON ((noted.post_id = v.post_id)))
     JOIN access.officer_of_post mine ON (((mine.post_id = visit_taken_back.post_id) AND (mine.officer_number = noted.officer_number))))
  WHERE (v.id = visit_taken_back.visit_id)))));
create policy visit_in_view on outreach.visit_taken_back for select to app_staff
  using ((EXISTS ( SELECT
   FROM outreach.visit v
  WHERE (v.id = visit_taken_back.visit_id))));
alter table people.bank_account enable row level security;
create policy own_account_is_ended on people.bank_account for update to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy own_account_is_recorded on people.bank_account for insert to app_resident
  with check (((source = 'self'::text) AND (method = 'declared'::text) AND (case_id IS NULL) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))));
create policy person_in_scope on people.bank_account for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = bank_account.person_id))));
create policy person_is_self on people.bank_account for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table people.benefit_receipt enable row level security;
create policy person_in_scope on people.benefit_receipt for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = benefit_receipt.person_id))));
create policy person_is_self on people.benefit_receipt for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table people.disability_certificate enable row level security;
create policy person_in_scope on people.disability_certificate for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = disability_certificate.person_id))));
create policy person_is_self on people.disability_certificate for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table people.dwelling enable row level security;
create policy area_in_scope on people.dwelling for all to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy home_is_own on people.dwelling for select to app_resident
  using ((EXISTS ( SELECT
   FROM people.dwelling_occupancy o
  WHERE (o.dwelling_id = dwelling.id))));
alter table people.dwelling_occupancy enable row level security;
create policy person_in_scope on people.dwelling_occupancy for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = dwelling_occupancy.person_id))));
create policy person_is_self on people.dwelling_occupancy for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table people.hukou_household enable row level security;
create policy area_in_scope on people.hukou_household for all to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table people.hukou_spell enable row level security;
create policy person_in_scope on people.hukou_spell for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = hukou_spell.person_id))));
create policy person_is_self on people.hukou_spell for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table people.income_declaration enable row level security;
create policy person_in_scope on people.income_declaration for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = income_declaration.person_id))));
create policy person_is_self on people.income_declaration for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table people.person enable row level security;
create policy person_in_scope on people.person for all to app_staff
  using ((((living_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (living_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR ((hukou_area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (hukou_area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))));
create policy person_is_self on people.person for select to app_resident
  using ((id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy sweeps_see_flags on people.person for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table people.residence_permit enable row level security;
create policy person_in_scope on people.residence_permit for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = residence_permit.person_id))));
create policy person_is_self on people.residence_permit for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table people.residence_spell enable row level security;
create policy person_in_scope on people.residence_spell for all to app_staff
  using ((person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = residence_spell.person_id))));
create policy person_is_self on people.residence_spell for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
alter table platform.audit enable row level security;
create policy acts_without_a_post on platform.audit for insert to app_public
  with check (((post_id IS NULL) AND (schedule IS NULL) AND (((actor_kind = 'public'::text) AND (account_id IS NULL)) OR ((actor_kind = 'officer'::text) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif"))))));
create policy doors on platform.audit for insert to kaifong_app
  with check (((operation = ANY (ARRAY['account.password'::text, 'account.sign-in'::text, 'account.sign-out'::text, 'account.confirm'::text, 'account.add-factor'::text, 'account.remove-factor'::text, 'account.new-recovery-codes'::text, 'account.end-sessions'::text, 'account.link-identity'::text, 'account.unlink-identity'::text, 'account.change-password'::text, 'account.reset-link'::text, 'account.see-notices'::text, 'account.undo-phone'::text, 'account.undo-binding'::text, 'account.ask-deletion'::text, 'account.keep'::text, 'access.choose-post'::text])) AND (post_id IS NULL) AND (schedule IS NULL)));
create policy residents_own_acts on platform.audit for insert to app_resident
  with check (((actor_kind = 'resident'::text) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (post_id IS NULL) AND (schedule IS NULL)));
create policy sealer_reads_acts on platform.audit for select to app_sealer
  using (true);
create policy staffs_own_acts on platform.audit for insert to app_staff
  with check (((actor_kind = 'staff'::text) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (schedule IS NULL)));
create policy sweeps on platform.audit for insert to app_system
  with check (((actor_kind = 'system'::text) AND (account_id IS NULL) AND (post_id IS NULL) AND (schedule IS NOT NULL)));
alter table retention.confirmation enable row level security;
create policy who_switched_it_on on retention.confirmation for select to app_staff, app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table retention.deletion_sweep enable row level security;
create policy sweeps_remember on retention.deletion_sweep for all to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table retention.hold enable row level security;
alter table retention.run enable row level security;
create policy begun_by_the_sweep on retention.run for insert to app_system
  with check (true);
create policy counts_of_a_day on retention.run for select to app_staff, app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table retention.run_class enable row level security;
create policy begun_by_the_sweep on retention.run_class for insert to app_system
  with check ((done = 0));
create policy counts_of_a_day on retention.run_class for select to app_staff, app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table retention.tombstone enable row level security;
create policy no_person_in_it on retention.tombstone for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
alter table safety.broadcast enable row level security;
create policy decided_in_scope on safety.broadcast for update to app_staff
  using (((status = ANY (ARRAY['draft'::text, 'issued'::text])) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check ((COALESCE(ended_by, issued_by) = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy drafted_in_scope on safety.broadcast for insert to app_staff
  with check (((status = 'draft'::text) AND (drafted_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy holds_in_scope on safety.broadcast for select to app_system
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy in_her_area on safety.broadcast for select to app_staff
  using ((((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR starts_with(( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif"), area)));
alter table safety.broadcast_told enable row level security;
create policy noted_by_sweeps on safety.broadcast_told for select to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL));
create policy told_that_it_is_withdrawn on safety.broadcast_told for update to app_system
  using ((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL))
  with check ((EXISTS ( SELECT
   FROM safety.broadcast b
  WHERE ((b.id = broadcast_told.broadcast_id) AND (b.status = 'withdrawn'::text) AND (b.ended_at <= broadcast_told.withdrawn_told_at)))));
create policy told_while_it_holds on safety.broadcast_told for insert to app_system
  with check (((( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif") IS NOT NULL) AND (EXISTS ( SELECT
   FROM safety.broadcast b
  WHERE ((b.id = broadcast_told.broadcast_id) AND (b.status = 'issued'::text) AND (b.ends_at > broadcast_told.told_at))))));
alter table safety.camera enable row level security;
create policy ended_in_scope on safety.camera for update to app_staff
  using (((status = 'current'::text) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check ((ended_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy in_her_area on safety.camera for select to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy registered_in_scope on safety.camera for insert to app_staff
  with check (((status = 'current'::text) AND (recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table safety.drill enable row level security;
create policy followed_up_in_scope on safety.drill for update to app_staff
  using (((done_at IS NULL) AND (EXISTS ( SELECT
   FROM safety.plan p
  WHERE ((p.id = drill.plan_id) AND (p.area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (p.area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))))
  with check ((done_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy held_in_scope on safety.drill for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM safety.plan p
  WHERE ((p.id = drill.plan_id) AND (p.area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (p.area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))));
create policy plan_in_view on safety.drill for select to app_staff
  using ((EXISTS ( SELECT
   FROM safety.plan p
  WHERE (p.id = drill.plan_id))));
alter table safety.duty enable row level security;
create policy cancelled_in_scope on safety.duty for update to app_staff
  using (((cancelled_at IS NULL) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check ((cancelled_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy in_her_area on safety.duty for select to app_staff
  using ((((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR starts_with(( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif"), area)));
create policy set_in_scope on safety.duty for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table safety.event enable row level security;
create policy in_her_area on safety.event for select to app_staff
  using ((((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR starts_with(( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif"), area)));
create policy opened_in_scope on safety.event for insert to app_staff
  with check (((opened_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy worked_on_in_scope on safety.event for update to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table safety.event_fact enable row level security;
create policy event_in_view on safety.event_fact for select to app_staff
  using ((EXISTS ( SELECT
   FROM safety.event e
  WHERE (e.id = event_fact.event_id))));
create policy written_in_scope on safety.event_fact for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (account_id = ( SELECT NULLIF(current_setting('app.account'::text, true), ''::text) AS "nullif")) AND (EXISTS ( SELECT
   FROM safety.event e
  WHERE ((e.id = event_fact.event_id) AND (event_fact.seq <= e.seq) AND (e.area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (e.area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))))))));
alter table safety.footage_handout enable row level security;
create policy handed_out_in_scope on safety.footage_handout for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM safety.footage_request r
  WHERE ((r.id = footage_handout.request_id) AND (r.status = 'approved'::text))))));
create policy request_in_view on safety.footage_handout for select to app_resident, app_staff
  using ((EXISTS ( SELECT
   FROM safety.footage_request r
  WHERE (r.id = footage_handout.request_id))));
alter table safety.footage_request enable row level security;
create policy asked_by_herself on safety.footage_request for insert to app_resident
  with check (((status = 'waiting'::text) AND (asker = 'self'::text) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))));
create policy asked_by_organ on safety.footage_request for insert to app_staff
  with check (((status = 'waiting'::text) AND (asker = 'organ'::text) AND (received_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy decided_in_scope on safety.footage_request for update to app_staff
  using (((status = 'waiting'::text) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))))
  with check (((status = ANY (ARRAY['approved'::text, 'refused'::text])) AND (decided_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid)));
create policy her_own on safety.footage_request for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy in_her_area on safety.footage_request for select to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy taken_back_by_herself on safety.footage_request for update to app_resident
  using (((status = 'waiting'::text) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))))
  with check ((status = 'withdrawn'::text));
alter table safety.patrol enable row level security;
create policy cancelled_in_scope on safety.patrol for update to app_staff
  using (((cancelled_at IS NULL) AND (EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = patrol.group_id)))))
  with check ((cancelled_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid));
create policy group_in_view on safety.patrol for select to app_staff
  using ((EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = patrol.group_id))));
create policy of_her_group on safety.patrol for select to app_resident
  using ((EXISTS ( SELECT
   FROM safety.watch_member m
  WHERE ((m.group_id = patrol.group_id) AND (m.left_at IS NULL)))));
create policy set_in_scope on safety.patrol for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = patrol.group_id)))));
alter table safety.patrol_place enable row level security;
create policy given_up_by_herself on safety.patrol_place for delete to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy her_own on safety.patrol_place for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy patrol_in_view on safety.patrol_place for select to app_staff
  using ((EXISTS ( SELECT
   FROM safety.patrol p
  WHERE (p.id = patrol_place.patrol_id))));
create policy taken_by_herself on safety.patrol_place for insert to app_resident
  with check (((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) AND (EXISTS ( SELECT
   FROM safety.patrol p
  WHERE ((p.id = patrol_place.patrol_id) AND (p.cancelled_at IS NULL))))));
alter table safety.plan enable row level security;
create policy in_her_area on safety.plan for select to app_staff
  using ((((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))) OR starts_with(( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif"), area)));
create policy written_in_scope on safety.plan for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table safety.training enable row level security;
create policy group_in_view on safety.training for select to app_staff
  using ((EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = training.group_id))));
create policy held_in_scope on safety.training for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = training.group_id)))));
alter table safety.visit enable row level security;
create policy gone_in_time on safety.visit for delete to app_system
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy in_her_area on safety.visit for select to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy made_in_scope on safety.visit for insert to app_staff
  with check (((post_id = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text))) AND (person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = visit.person_id))) AND (EXISTS ( SELECT
   FROM safety.broadcast b
  WHERE ((b.id = visit.broadcast_id) AND (b.issued_at IS NOT NULL))))));
create policy seen_to_be_removed on safety.visit for select to app_system
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
alter table safety.watch_group enable row level security;
create policy in_her_area on safety.watch_group for select to app_staff
  using (((area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy started_in_scope on safety.watch_group for insert to app_staff
  with check (((recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (area >= ( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif")) AND (area < ( SELECT (NULLIF(current_setting('app.scope'::text, true), ''::text) || '~'::text)))));
create policy where_she_lives on safety.watch_group for select to app_resident
  using (starts_with(( SELECT NULLIF(current_setting('app.scope'::text, true), ''::text) AS "nullif"), area));
alter table safety.watch_member enable row level security;
create policy agreed_herself on safety.watch_member for insert to app_resident
  with check (((how = 'herself'::text) AND (left_at IS NULL) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])) AND (EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = watch_member.group_id)))));
create policy agreed_on_paper on safety.watch_member for insert to app_staff
  with check (((how = 'paper'::text) AND (left_at IS NULL) AND (recorded_by = (( SELECT NULLIF(current_setting('app.post'::text, true), ''::text) AS "nullif"))::uuid) AND (EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = watch_member.group_id))) AND (person_id IN ( SELECT p.id
   FROM people.person p
  WHERE (p.id = watch_member.person_id)))));
create policy group_in_view on safety.watch_member for select to app_staff
  using ((EXISTS ( SELECT
   FROM safety.watch_group g
  WHERE (g.id = watch_member.group_id))));
create policy her_own on safety.watch_member for select to app_resident
  using ((person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[])));
create policy leaves_herself on safety.watch_member for update to app_resident
  using (((left_at IS NULL) AND (person_id = ANY ((( SELECT NULLIF(current_setting('app.subjects'::text, true), ''::text) AS "nullif"))::uuid[]))))
  with check ((left_at IS NOT NULL));

-- What it says of itself

comment on table access.account_notice is 'What happened to an officer''s sign-in, told to her at the desk until she has seen it. by_post is empty where it was she, or the machine''s console';
comment on table access.display is 'How somebody who signed in wants pages to look: a new phone begins with it';
comment on table access.first_administrator is 'One-time tokens for the first administrator of a database without known accounts';
comment on table access.invitation is 'One-time links for new officers: SHA-256 of the token, for seven days. No app role touches it; only its functions do';
comment on table access.officer is 'A person who works for an organisation; signs in with the account';
comment on column access.officer.organisation_id is 'Who employs her. Administrators of its area invite, propose and end; a post at another organisation is a secondment';
comment on column access.officer.stopped_at is '停用: the account opens nothing until two administrators start it again. An ended one stays ended';
comment on view access.officer_of_post is 'Who stands behind a post id';
comment on table access.organisation is 'Who employs officers: committees, street offices, bureaus. Public knowledge';
comment on table access.person_account is 'A1: an account bound to a person by an officer who saw the card, or by an identity service';
comment on column access.person_account.ended_why is 'Why an officer undid the binding';
comment on column access.person_account.ended_post_id is 'Who undid it';
comment on column access.person_account.undo_digest is 'SHA-256 of the token in the link that the earlier phone got';
comment on table access.post is '岗位: role × organisation × areas × office lines × dates. scope is the areas'' common ancestor, what row security sees';
comment on column access.post.lent_by is '借调: the organisation that lends the officer, when the post is at another';
comment on column access.post.ended_at is 'Ended by an administrator before its last day; from then on the post does nothing';
comment on table access.proposal is 'What a first administrator wants and a second one has to approve. No app role touches it; only its functions do';
comment on column access.proposal.scope is 'Whose administrators decide: the common ancestor of a post''s areas';
comment on column access.proposal.expires_at is 'Nobody decided until then: it is over, and a new one is proposed';
comment on column access.proposal.why is 'Of a change to an account: how the officer was recognised, why she is stopped, or why she may work again';
comment on table access.proxy is '代办: who acts for whom, in which matters, until when';
comment on column access.proxy.named is 'Whom the signed paper names: only a person of this name takes it on';
comment on table access.read_entry is '查阅: every delivery of an identified person''s data to somebody else. Committed before the data leaves; append-only';
comment on column access.read_entry.person_id is 'Null once the person was erased';
comment on column access.read_entry.act is 'Number of the transaction that wrote the row; set by the database alone';
comment on column access.read_entry.person_mark is 'Salted commitment to the person; the salt lies sealed in platform.audit_subject';
comment on table access.read_entry_default is 'Stays empty: a row here means that partitions were not made ahead';
comment on table areas.area is 'The tree from city to community, loaded from the pack. Public knowledge: no row security';
comment on table auth.account is 'better-auth''s word for a credential of a user: the scrypt hash of a staff password.';
comment on table auth.challenge_used is 'Challenges of passkeys that were answered: none is answered twice. Those not answered leave no row, so that looking at a sign-in page writes nothing.';
comment on table auth.factor_reset is 'The factors of the account were taken away: until a new one is set, its password alone leads nowhere. digest is SHA-256 of the link''s token, good once and for a day';
comment on column auth.factor_reset.with_password is 'The password was forgotten too: whoever holds the link sets a new one instead of showing it';
comment on column auth.factor_reset.proposal_id is 'The proposal whose approval took them last, which alone leads to a link; empty where the console took them';
comment on table auth.identity_link is 'An account of an identity service (OIDC), linked by its owner while signed in; never found by e-mail or name';
comment on table auth.passkey is 'Passkeys: public keys, whose private halves never leave the devices of their owners';
comment on table auth.pending_sign_in is 'A right password, and no session yet: waits ten minutes for the second factor. digest is SHA-256 of the token in a short cookie; good once.';
comment on column auth.pending_sign_in.reset_digest is 'Of the link that led here; it is used up when the factor is set';
comment on table auth.phone_change is 'A phone was changed; the link that the old phone got undoes it for seven days, once';
comment on table auth.phone_code is 'The one live code of a phone, or of an e-mail address that an account wants to prove, both as keyed hashes. A new code replaces the old one; the winner of a race is the try named by used_on_try.';
comment on column auth.phone_code.replaced_hash is 'The code sent before this one, so that whoever types the older message is told so.';
comment on table auth.rate is 'How often something happened in its window, which opens with the first hit. Keys hold no phone and no address in the clear.';
comment on table auth.recovery_code is 'One-time codes for whoever lost the device, as keyed hashes';
comment on table auth.resident_email is 'The e-mail address of a resident''s account, proved by a code: known again by a keyed hash, readable only with the key outside the database';
comment on column auth.resident_email.bounced_at is 'A mail server said that nobody has this address: nothing is sent until she proves one again';
comment on table auth.resident_phone is 'The phone of a resident''s account: found by a keyed hash, readable only with the key outside the database.';
comment on column auth.resident_phone.signed_in_at is 'Last sign-in with this phone: long silence makes the number doubtful, because operators give numbers out again';
comment on column auth.resident_phone.doubted_at is 'The number may have another owner: the account is A0 until the window or a passkey confirms it';
comment on table auth.session is 'Who is signed in. "token" is SHA-256 of the cookie''s token; "updatedAt" is when the session was last used, to the minute; "ipAddress" stays empty.';
comment on column auth.session."userAgent" is 'Kind of device only (phone-android, computer-windows …), never the browser''s own words';
comment on column auth.session.second_factor_at is 'When this session last showed a second factor: A2 for ten minutes';
comment on table auth.sign_in_failure is 'Failed tries at the door of the desk, counted by hour: a name that nobody has, a wrong password for one that somebody has, a right password and a wrong factor. Nobody is named';
comment on table auth.sign_in_try is 'Password tries since the last success, for names that exist and names that do not. Keyed hashes, because people type passwords into the wrong field.';
comment on column auth.sign_in_try.what is 'What was tried: a password at the door, a second factor, the old password before a new one';
comment on column auth.sign_in_try.account_id is 'Whose password or factor was tried; empty for a name that nobody has';
comment on table auth.totp is 'Authenticator app of an account. The secret is sealed; last_step is the last time step that was used, so that a code is good once.';
comment on table auth."user" is 'An account: a way to sign in, not a person. "email" is a random placeholder under .invalid, because better-auth demands one.';
comment on column auth."user".stopped_at is 'Nobody signs in with it from then on, and no session of it counts; null again when it works again';
comment on column auth."user".deletion_asked_at is 'Since when she wants the account deleted: from then on a session opens nothing but the way to keep it. Null again when she kept it';
comment on table auth.verification is 'Part of better-auth''s schema. Phone codes are not kept here, because better-auth would keep them in plain text.';
comment on table care.view is '能力评估: what each assessor of a case saw, sealed; nothing in it is changed, and two of them must agree';
comment on table cases.answer is 'What the applicant stated, sealed, one row a question; a correction adds a version';
comment on table cases."case" is '办件: where it stands now. Rebuilt from cases.timeline by a test; pages never fold the timeline';
comment on column cases."case".survey is 'The visit that the first officer recorded; done by two when the second has confirmed it herself';
comment on column cases."case".awaits is 'Acts that take the case on from here, written with each act: the steps are the pack''s, and SQL reads no packs. `confirm_survey:<officer>` waits for one person';
comment on column cases."case".restricted_at is '限制使用: kept because a law says so and used for nothing any more; a hold brings it back';
comment on column cases."case".stripped_at is 'What was personal is erased; dates, area, matter, outcome and amount stay, so that no sum changes';
comment on column cases."case".about is 'Of an objection to a line: case, rule and place of the line, so that one runs for each line. Empty for every other case';
comment on table cases.counter is 'Last case number of a street and day; touched only by cases.give_number';
comment on table cases.draft is 'An application being written: the resident''s alone, sealed, continued on any device. Removed 90 days after the last change';
comment on column cases.draft.proxy_id is 'Under which proxy it is written, where somebody writes it for person_id';
comment on table cases.notice is '公示: the least that may be published (a masked name), taken down by the clock';
comment on table cases.objection is 'What a neighbour says against a notice, sealed; answered in writing before the decision';
comment on table cases.permit_reminder is '居住证签注提醒: one row a permit, last day and reminder; what was told is messages.message';
comment on table cases.timeline is 'What happened, in order, append-only. recorded_at never moves; effective_at is when it counts from';
comment on table cases.unit_member is 'benefit_unit: who lives together for this one case, and each adult''s authorisation';
comment on column cases.unit_member.applicant_name is 'As on the day of the application: all that this adult, who may not read the case, learns of the applicant';
comment on table coordination.counter is 'Last whistle number of a street and day; touched only by coordination.give_number';
comment on table coordination.timeline is 'What happened with a whistle, in order, append-only';
comment on table coordination.whistle is '吹哨: one joint work order and where it stands. Rebuilt from coordination.timeline by a test';
comment on column coordination.whistle.parts is 'Each unit with its task, in the order in which they were called; who has a part now is in waiting_units';
comment on column coordination.whistle.answer_due_at is 'The next answer that nobody above has been told is missing';
comment on column coordination.whistle.decision_due_at is 'The next ruling that should come, by the pack''s time for it; null while none is asked for';
comment on table documents.counter is 'Last number of an organ, kind and year; touched only by documents.next_number';
comment on table documents.derivative is 'A picture made from a file: shown (without metadata) or preview (for lists). recipe: by which version it was made';
comment on column documents.derivative.width is 'Pixels; null for recipe 0, which did not say';
comment on column documents.derivative.tried_at is 'When making it anew last failed';
comment on table documents.document is 'A numbered document that the law asks for: everything that is on the paper, sealed, under the public id of its QR code. Append-only';
comment on table documents.erased is 'Files whose key was destroyed: that there was one, since when it was hidden and by what. Append-only';
comment on table documents.file is 'Bytes in the file store as they were given or printed, each under its own wrapped key';
comment on column documents.file.removed_at is 'Hidden from everybody since then; key and bytes go after the time of grace';
comment on column documents.file.removed_by is 'What removed it: applicant, who took it back before sending';
comment on column documents.file.photo_id is 'Of a photo of an incident';
comment on table documents.material is 'A file given for a material. Before submission it can be removed; afterwards only withdrawn, with a mark';
comment on table documents.print is 'The PDF of a document and its detached signature. Made once, by whoever reads it first or by a sweep; the same model gives the same bytes';
comment on table documents.print_failure is 'A paper that did not print: how often, and when it is tried again. The row stays when it prints at last';
comment on table documents.unreferenced is 'Ciphertext in the file store that no row names, and since when that is known. Swept after a time of grace';
comment on table grid.api_key is '接口密钥: which program may report in its own name, and who keeps it. No role of a request reads it: definers ask who acts, or for the key itself';
comment on column grid.api_key.key_hash is 'SHA-256 of the key, which was shown once';
comment on table grid.assignment is 'Which grid worker looks after which grid. A change ends a row and begins another';
comment on column grid.assignment.demo is 'Invented with the demo street';
comment on table grid.counter is 'Last incident number of a street and day; touched only by grid.give_number';
comment on table grid.crossing is 'Crossings and other public points: what outsiders are shown in place of where somebody stood';
comment on table grid.dwelling_grid is 'Each home lies in exactly one grid: what has no row is a gap, and is shown as one';
comment on table grid.dwelling_point is 'Where a home stands, as it was delivered. Without a row nobody knows, and no grid is proposed';
comment on table grid.facility is '部件: a lamp, a cover, a bench; its QR code holds the token. Public knowledge';
comment on table grid.field_device is 'One phone of one post: the key that locks what waits on it. The node keeps it sealed, so that supervision can open what the phone holds';
comment on column grid.field_device.clock_off_s is 'Seconds that its clock was behind ours at the last contact';
comment on table grid.field_record is '外勤记录: each record of a phone once, under the id that the phone gave it, with the phone''s clock beside ours';
comment on column grid.field_record.of_post is 'Whose it was, where supervision recovered it from a phone';
comment on column grid.field_record.sealed is 'The words of a visit, and of what was recovered';
comment on column grid.field_record.seen_at is 'By the clock of the phone when it was written; sent_at by the same clock when it left; received_at is ours';
comment on column grid.field_record.task_id is 'The task that it answers or is a note about';
comment on table grid.grid is '网格: a part of one community, with its boundary as GeoJSON in the system that it was delivered in. A change ends a row and begins another';
comment on column grid.grid.west is 'With south, east and north the box around it in WGS84 degrees, to find it by a point';
comment on column grid.grid.why is 'Why it was drawn like this; null for what was delivered before that was asked';
comment on table grid.incident is '事件: one thing to be put right, and where it stands. Rebuilt from grid.timeline by a test';
comment on column grid.incident.shown_lon is 'What outsiders see: the public facility''s own point, else the nearest crossing';
comment on column grid.incident.title is 'A few words by an officer, the only free text that outsiders see';
comment on column grid.incident.was_late is 'Its date went by before it was handed in, in whichever round';
comment on column grid.incident.hidden_with is 'The number of what it is linked to, when it was hidden with that from another area; its own office has not looked at it since';
comment on table grid.outline is '社区边界: how far a community reaches, against which its grids are held. A change ends a row and begins another';
comment on table grid.photo is 'Photos of a report or of an act; without an incident it waits to be given with one, for a day. Outsiders see one only after an officer has said that nobody can be made out in it';
comment on column grid.photo.fact_seq is 'The act that it came with. Neither report nor act: a note of a round';
comment on column grid.photo.sha256 is 'Of the copy made from its pixels: the same photo sent again has the same';
comment on column grid.photo.cleared_at is 'When an officer last said whether outsiders may see it, and cleared_by who';
comment on column grid.photo.said_at is 'When she said that it was not solved and gave it with that; null for what came with the report itself or with an act';
comment on column grid.photo.looks is 'What the picture looks like: few bits apart in copies of one photo, see core/documents/likeness.ts. Null for one with nothing in it, and for those from before';
comment on column grid.photo.street is 'Of the incident that it was given to';
comment on column grid.photo.left_by is 'Who left it, under a keyed hash of the account, the session or the address; forgotten when it is given';
comment on view grid.public_fact is 'What happened with shown incidents, without what anybody wrote';
comment on view grid.public_incident is 'No words of a reporter, no exact place, nobody''s name: only incidents that an officer has cleared to be shown';
comment on view grid.public_request is 'What outsiders can list';
comment on table grid.report is '上报: what one person said, sealed, with whoever she is; all who reported the same stay subscribed to it';
comment on column grid.report.seen_at is 'By the clock of the device; reported_at is ours';
comment on view grid.request is 'No words of a reporter and no exact place. Of what no officer has cleared: class, dates and where it stands, and nothing else. No role reads it: see public_request and requests_of';
comment on table grid.task is '下派任务: one thing that a department asks of the grid workers of one community, and where it stands. Rebuilt from grid.task_timeline by a test';
comment on column grid.task.line is 'The office line that asks for it, under which its item is on the list';
comment on table grid.task_timeline is 'What happened with a task, in order, append-only';
comment on table grid.timeline is 'What happened with an incident, in order, append-only';
comment on view grid.unit is '处置单位: organisations that handle incidents';
comment on table hazards.counter is 'Last hazard number of a city and day, before that of a street and day; touched only by hazards.give_number';
comment on table hazards.hazard is '隐患: where it stands now. Rebuilt from hazards.timeline by a test. It names a place and nobody: who answers for the place is in hazards.keeper, who reported it in hazards.report';
comment on column hazards.hazard.clock is 'Which limit of the pack runs and since which day, so that a provisional date can be computed again; null where the date is its own';
comment on column hazards.hazard.awaits is 'Acts that take it on from here, written with each act';
comment on column hazards.hazard.registered_by is 'Officer; she does not recheck it';
comment on column hazards.hazard.taken_on is 'The organ has given its receipt';
comment on column hazards.hazard.numbered_by_street is 'From before numbers were of the whole city: another street may have given the same';
comment on table hazards.keeper is 'Who answers for the place: a name, sealed, and the person where she is known. Each look is on record for her';
comment on table hazards.report is 'Who reported a hazard, seen by nobody but herself, and her words, sealed, for the inspector';
comment on table hazards.timeline is 'What happened to a hazard, in order, append-only. Of a report it says that somebody reported, never who';
comment on table matters.calendar_day is 'Days that differ from Monday to Friday, loaded from the pack';
comment on table matters.pack is 'Packs as they were loaded: content-addressed, immutable. The one loaded last is in force; cases name the one they are pinned to';
comment on column matters.pack.loaded_by is 'Account on the machine under which the pack was loaded last; empty for packs of before';
comment on column matters.pack.texts is 'Files of rules and numbers as they were written, by their path in the pack; empty for packs of before';
comment on table messages.channel_choice is 'What somebody chose for a channel. Without a row: SMS yes, e-mail no; proving an address writes one';
comment on table messages.demo_outbox is 'Demo only: the codes and messages that providers would have sent. Refused by its trigger in any other database';
comment on column messages.demo_outbox.tail is 'Last digits of the phone, or the masked e-mail address';
comment on column messages.demo_outbox.note is 'A sentence to a phone, not a code';
comment on column messages.demo_outbox.reference is 'Of a message: the same one twice is one line. Codes have none';
comment on table messages.dispatch is 'What became of a message on a channel out of the house: due, sending, then sent, failed, unclear (it may have arrived) or skipped';
comment on column messages.dispatch.parcel_id is 'What left together; the reference that the provider was given. None before the first hand-over, and none again when that surely failed';
comment on column messages.dispatch.fault is 'Code of the last fault, or why it was skipped; never an address';
comment on column messages.dispatch.receipt is 'The provider''s own name for it';
comment on table messages.message is 'Inbox of a person: neutral texts by kind, written in the transaction of what they tell of';
comment on table messages.sweep is 'How far the sweep has looked. What was told before it first ran is in the inbox and is not sent';
comment on table outreach.changed is 'Persons whose row of the snapshot is to be made anew; emptied by each refresh';
comment on table outreach.found is 'Whom a search found. Written while it runs, never changed; gone after sixty days or with the next night''s search';
comment on table outreach.opt_out is '不要找我: somebody does not want to be looked for, for one benefit. She can apply for it at any time';
comment on table outreach.person is 'Snapshot for outreach: the facts of everybody on one day, made anew from the registers and never read by a page';
comment on table outreach.run is '政策找人: a search for everybody whom a matter fits; frozen when it is done';
comment on table outreach.run_count is 'How many of a community a search put on each list; without those whose whereabouts are hidden';
comment on table outreach.snapshot is 'Which day the snapshot shows, and until when what was recorded is in it. One row';
comment on column outreach.snapshot.root is 'The code with which every code of areas.area begins; null when there is none';
comment on table outreach.told is 'When somebody was last told that a benefit fits her, and by which search, which may be gone by now';
comment on table outreach.told_run is 'Searches of which everybody has been told who is to be told';
comment on table outreach.visit is '上门: what came of looking somebody up whom a search found. Gone after as many days as a list is kept';
comment on table outreach.visit_taken_back is '收回: a result of a visit that was noted by mistake, and why. Goes with the visit';
comment on table people.bank_account is 'Where benefits are paid. The number is sealed; pages show four digits';
comment on table people.benefit_receipt is 'Which benefit a person receives, and since when';
comment on table people.disability_certificate is '残疾人证: grade, and kind where that is no sealed category';
comment on table people.dwelling is 'A home with its address';
comment on table people.dwelling_occupancy is 'Who lives in which dwelling, and since when';
comment on table people.hukou_household is '户: those written in one hukou book';
comment on table people.hukou_spell is 'Where a person''s hukou was, and since when. area may lie outside this city';
comment on table people.income_declaration is 'Declared or checked monthly income, in fen';
comment on table people.person is '一库: one row a person. ID number and phone sealed per field, found by keyed hash';
comment on table people.residence_permit is '居住证: since when its years count and until when it is endorsed';
comment on table people.residence_spell is '居住登记: registered residence of somebody whose hukou is elsewhere';
comment on table platform.audit is 'Every act, done or refused. Append-only; no personal data, ids only. Partitioned by month';
comment on column platform.audit.account_id is 'Who acted. Of a resident null once she was erased';
comment on column platform.audit.act is 'Number of the transaction that wrote the row; set by the database alone';
comment on column platform.audit.account_mark is 'Salted commitment to a resident''s account, sealed in place of it; the salt lies in platform.audit_subject';
comment on column platform.audit.object_mark is 'Salted commitment to the person that the act was about, sealed in place of object_id';
comment on table platform.audit_default is 'Stays empty: a row here means that partitions were not made ahead';
comment on table platform.audit_subject is 'Whose a mark in the audit is: salt and id, sealed under the field key. Once it is deleted and the id beside the mark with it, the person is erased and no seal breaks';
comment on table platform.idempotency is 'One key, one act. result holds ids, numbers and codes only. Kept 90 days';
comment on table platform.kept_form is 'A form that was sent back to be mended: what was typed, sealed, for the browser and account that typed it and for a quarter of an hour';
comment on table platform.let_go is 'Months of the audit and of looks that were let go: which seals lost their rows, and the hashes of those at the edges. Append-only; each stands by its hash in an audit row';
comment on table platform.migration is 'Steps that this database has taken';
comment on table platform.seal is 'One seal over all audit and access rows since the last: Merkle roots, linked and signed. Append-only; the same lines lie in a file outside the database';
comment on table platform.setting is 'Facts fixed when the database was made, such as demo';
comment on table retention.confirmation is 'Who switched the daily letting go on, for exactly these classes (digest); other classes need a new one. No app role writes it but by its functions';
comment on table retention.deletion_sweep is 'When accounts were last looked through for deletion, and since when the clock has gone on evenly: after a jump nobody''s days of grace are over at once';
comment on table retention.hold is '暂停销毁: what must not be let go although its time is over. A person is named by a case of hers, never by name';
comment on column retention.hold.person_id is 'The applicant of the case when it was placed; null once she was erased after its end';
comment on column retention.hold.domains is 'Of a hold on an area: the office lines of the post that placed it; a hold on a case has that of the case';
comment on table retention.run is 'One day''s letting go: what it found before it began, and why it stopped. Counts only';
comment on table retention.run_class is 'What one class let go on one day: never more than the count that stood there before the first row went';
comment on table retention.tombstone is '删除留痕: that something was erased, when and by which rule; a hash stands for its id. The same lines lie in a file beside the seals, so that an older backup does not bring it back';
comment on table safety.broadcast is '预警和提醒: what an area was told, drafted by one and issued by another; a text never changes';
comment on column safety.broadcast.visits is 'Whether those who may need it are visited while it holds';
comment on table safety.broadcast_told is 'Whom a warning has reached in her inbox, so that nobody is told twice';
comment on column safety.broadcast_told.withdrawn_told_at is 'When she was told that it was withdrawn; null where it was not, or not yet';
comment on table safety.camera is '公共视频登记: where a camera is, what for, who keeps it, how long, whether a sign says so. An entry is never changed, another takes its place';
comment on table safety.drill is '演练: when a plan was tried out, what was found, what follows and whether it was done';
comment on table safety.duty is '值班表: who is on duty when, as leader or as officer; gaps and doubles are shown, not forbidden';
comment on table safety.event is '突发事件: where it stands, from its timeline. What nobody knows yet is null in it, never zero';
comment on table safety.event_fact is 'Everything reported, told and done about an event, in order; nothing in it is changed or removed, a late report least of all';
comment on table safety.footage_handout is 'Each time that recorded footage was shown or handed out, to whom and by whom';
comment on table safety.footage_request is '调取申请: who asks for what a camera recorded, on what basis, and what a named officer decided';
comment on table safety.patrol is '巡防班次: when a group goes round and how many it takes';
comment on table safety.patrol_place is 'Who said that she goes on a patrol; given up, the row is gone and the patrol shows that it is short of somebody';
comment on table safety.plan is '预案: what is done when something happens, in versions; an earlier one stays to be read';
comment on view safety.public_camera is 'What everybody may read of the register of cameras. Who wrote an entry is not in it';
comment on table safety.training is '培训: when a group was trained, in what, and how many were there';
comment on table safety.visit is '上门看望: what came of looking somebody up while a warning held. Gone a month after its end';
comment on table safety.watch_group is '群防群治队伍: a group of volunteers and the area that it looks after';
comment on table safety.watch_member is 'Who agreed to be in a group, herself or on paper, and when she left: nobody is in one without having said so';
