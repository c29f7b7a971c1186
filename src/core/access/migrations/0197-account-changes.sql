-- Accounts of officers: stopped at once by one, started again and freed of lost factors by two; and what she is told of it.
alter table access.officer add column stopped_at timestamptz, add column stopped_by uuid references access.post, add column stopped_why text;
comment on column access.officer.stopped_at is '停用: the account opens nothing until two administrators start it again. An ended one stays ended';

alter table access.proposal add column why text, add column with_password boolean,
  drop constraint proposal_kind_check, add constraint kind_is_known check (kind in ('post', 'reset', 'stop', 'restart')),
  add constraint change_whole check (num_nonnulls(why, with_password) = case kind when 'post' then 0 else 2 end);
comment on column access.proposal.why is 'Of a change to an account: how the officer was recognised, why she is stopped, or why she may work again';
create index proposals_of_officer on access.proposal (officer_id);

-- As before, and nobody works whose account is stopped.
create or replace function access.works(the_post uuid) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from access.post p join access.officer o on o.id = p.officer_id where p.id = the_post and p.ended_at is null and o.ended_at is null and o.stopped_at is null
    and p.valid_from <= access.today() and (p.valid_to is null or p.valid_to >= access.today())) $$;

create table access.account_notice (
  id uuid primary key, officer_id uuid not null references access.officer, kind text not null, at timestamptz not null,
  by_post uuid references access.post, why text, seen_at timestamptz,
  constraint kind_is_known check (kind in ('password_changed', 'factors_taken', 'link_made', 'factor_set', 'console_link', 'stopped', 'restarted', 'sessions_ended', 'released')));
comment on table access.account_notice is 'What happened to an officer''s sign-in, told to her at the desk until she has seen it. by_post is empty where it was she, or the machine''s console';
create index notices_of_officer on access.account_notice (officer_id, at desc);
-- Read and marked by the server for who is signed in, in whichever post or none; written with the acts.
grant select, insert (id, officer_id, kind, at), update (seen_at) on access.account_notice to kaifong_app;

-- Which of the three administrators she is on that day; null for everybody else.
create function access.administrator_kind(the_officer uuid, on_day date) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.role from access.post p where p.officer_id = the_officer and p.ended_at is null and (p.valid_to is null or p.valid_to >= on_day)
    and p.role in ('system-administrator', 'security-administrator', 'audit-administrator') order by p.valid_from, p.id limit 1 $$;
-- A change to an account is proposed by a system administrator and approved by a security administrator; about one of the three
-- themselves, by the two other kinds. So three people, one of each kind, can always help each other, and nobody helps herself.
create function access.proposer_for(kind text) returns text language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case kind when 'system-administrator' then 'security-administrator' else 'system-administrator' end $$;
create function access.approver_for(kind text) returns text language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when kind in ('system-administrator', 'security-administrator') then 'audit-administrator' else 'security-administrator' end $$;
-- One of the three is not stopped, ended or relieved of that post by one person: alone, a single system administrator would stop
-- the others one after the other and be the only one left. Two others stop her, one of each other kind; whoever is stopped is ended
-- by one. Since the two who stopped her still work when it is done, and they are the two who may start her again, it never takes
-- more than them to help everybody. For that the acts come one after the other: of two at once the second sees what the first left.
create function access.one_after_the_other() returns void language sql set search_path = pg_catalog, pg_temp as $$
  select pg_advisory_xact_lock(hashtext('access.administrators')) $$;
create function access.takes_two(the_officer uuid, on_day date) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select access.administrator_kind(the_officer, on_day) is not null and exists (select from access.officer o where o.id = the_officer and o.stopped_at is null) $$;
-- Every one of the narrow areas lies within one of the wide ones.
create function access.covers(wide text[], narrow text[]) returns boolean language sql immutable set search_path = pg_catalog, pg_temp as $$
  select not exists (select from unnest(narrow) n where not exists (select from unnest(wide) w where starts_with(n, w))) $$;
-- The post that the scope acts in, when it is of an administrator, and whose it is.
create function access.acting_administrator() returns access.post language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare found_post access.post;
begin
  select p.* into found_post from access.post p where p.id = coalesce(access.acting('system-administrator'), access.acting('security-administrator'), access.acting('audit-administrator'));
  if found_post.id is null then raise exception 'only administrators may do this' using errcode = '42501'; end if;
  return found_post;
end $$;
-- The officer within reach of the scope, held until the end of the transaction; no row for one of elsewhere.
create function access.officer_in_reach(the_officer uuid) returns setof access.officer language sql set search_path = pg_catalog, pg_temp as $$
  select o.* from access.officer o join access.organisation g on g.id = o.organisation_id where o.id = the_officer and access.in_reach(g.area) for update of o $$;
create function access.note(the_officer uuid, the_kind text, at timestamptz, by_post uuid, the_why text) returns void language sql set search_path = pg_catalog, pg_temp as $$
  insert into access.account_notice (id, officer_id, kind, at, by_post, why) values (gen_random_uuid(), the_officer, the_kind, at, by_post, the_why) $$;
-- Nothing is left for which she could be signed in.
create function access.end_idle_sessions(the_officer uuid, on_day date) returns void language sql set search_path = pg_catalog, pg_temp as $$
  select auth.end_sessions(o.account_id::uuid) from access.officer o where o.id = the_officer
    and not exists (select from access.post p where p.officer_id = o.id and p.ended_at is null and (p.valid_to is null or p.valid_to >= on_day)) $$;
revoke all on function access.one_after_the_other(), access.takes_two(uuid, date), access.covers(text[], text[]), access.administrator_kind(uuid, date), access.proposer_for(text), access.approver_for(text), access.acting_administrator(),
  access.officer_in_reach(uuid), access.note(uuid, text, timestamptz, uuid, text), access.end_idle_sessions(uuid, date) from public;

-- Whoever approves must not run out in any area: without a security administrator no post is made there, without an audit
-- administrator nobody helps a security administrator. One whose account is stopped approves nothing.
create or replace function access.is_last_approver(the_post uuid, on_day date) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from access.post mine where mine.id = the_post and mine.role in ('security-administrator', 'audit-administrator')
      and mine.ended_at is null and (mine.valid_to is null or mine.valid_to >= on_day)
    and not exists (select from access.post p join access.officer o on o.id = p.officer_id where p.role = mine.role and p.officer_id <> mine.officer_id
      and access.covers(p.areas, mine.areas) and p.ended_at is null and o.ended_at is null and o.stopped_at is null
      and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day))) $$;

create or replace function access.end_post(the_post uuid, the_reason text, at timestamptz, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

create or replace function access.end_officer(the_officer uuid, the_reason text, at timestamptz, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- 停用, at once: of an ordinary officer by one, here and only here; of the three by the approval of another.
create function access.do_stop(o access.officer, the_reason text, at timestamptz, by_post uuid) returns void language sql set search_path = pg_catalog, pg_temp as $$
  update access.officer set stopped_at = at, stopped_by = by_post, stopped_why = the_reason where id = o.id;
  select auth.stop(o.account_id::uuid, at), access.note(o.id, 'stopped', at, by_post, the_reason) $$;
revoke all on function access.do_stop(access.officer, text, timestamptz, uuid) from public;
create function access.stop_officer(the_officer uuid, the_reason text, at timestamptz, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

create function access.propose_change(new_id uuid, the_kind text, the_officer uuid, and_password boolean, the_why text, at timestamptz, until timestamptz, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- own: she proposed it or it is about her. mine: she proposed it. decider: the kind of administrator whose it is to decide.
create function access.changes_in(at timestamptz, on_day date) returns table (id uuid, kind text, officer_id uuid, officer_name text, officer_number text, organisation text, area text, with_password boolean, why text,
  proposed_by text, proposed_at timestamptz, expires_at timestamptz, outcome text, decided_by text, decided_at timestamptz, reason text, own boolean, mine boolean, decider text, link_waits boolean, link_until timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

create function access.decide_change(the_proposal uuid, approved boolean, the_reason text, at timestamptz, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- By whoever proposed it, for a week after the approval and only while what that approval took away is missing; a newer link
-- ends the one before.
create function access.make_reset_link(the_proposal uuid, the_digest text, at timestamptz, until timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- For whoever keeps the machine: kinds of administrators of whom nobody works over all her areas, so that what waits there for their
-- approval waits for ever.
create function access.missing_approvers() returns setof text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := access.must_act('system-administrator');
begin
  return query select k from unnest(array['security-administrator', 'audit-administrator']) k
    where not exists (select from access.post p join access.post mine on mine.id = acting_post where p.role = k and access.works(p.id) and access.covers(p.areas, mine.areas));
end $$;
revoke all on function access.missing_approvers() from public;
grant execute on function access.missing_approvers() to app_staff;

-- Where an officer belongs who is within reach: the use case asks the exact areas of the post.
create function access.area_of_officer(the_officer uuid) returns text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.acting_administrator();
  return (select g.area from access.officer o join access.organisation g on g.id = o.organisation_id where o.id = the_officer and access.in_reach(g.area));
end $$;

-- Who ended or stopped it, beside when.
drop function access.officers_in();
create function access.officers_in() returns table (id uuid, name text, number text, organisation_id uuid, organisation text, area text,
  ended_at timestamptz, ended_by text, ended_why text, stopped_at timestamptz, stopped_by text, stopped_why text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return query select o.id, o.name, o.number, g.id, g.name, g.area, o.ended_at, e.officer_name, o.ended_why, o.stopped_at, s.officer_name, o.stopped_why
    from access.officer o join access.organisation g on g.id = o.organisation_id
      left join access.officer_of_post e on e.post_id = o.ended_by left join access.officer_of_post s on s.post_id = o.stopped_by
    where access.in_reach(g.area) order by o.ended_at nulls first, o.number;
end $$;
drop function access.posts_in();
create function access.posts_in() returns table (id uuid, officer_id uuid, role text, organisation text, lent_by text, areas text[], domains text[], valid_from date, valid_to date,
  ended_at timestamptz, ended_by text, ended_why text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return query select p.id, p.officer_id, p.role, g.name, l.name, p.areas, p.domains, p.valid_from, p.valid_to, p.ended_at, e.officer_name, p.ended_why
    from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
      left join access.organisation h on h.id = o.organisation_id left join access.organisation l on l.id = p.lent_by left join access.officer_of_post e on e.post_id = p.ended_by
    where access.in_reach(p.scope) or access.in_reach(h.area) order by p.valid_from desc, p.id;
end $$;

revoke all on function access.stop_officer(uuid, text, timestamptz, date), access.propose_change(uuid, text, uuid, boolean, text, timestamptz, timestamptz, date), access.changes_in(timestamptz, date),
  access.decide_change(uuid, boolean, text, timestamptz, date), access.make_reset_link(uuid, text, timestamptz, timestamptz), access.area_of_officer(uuid), access.officers_in(), access.posts_in() from public;
grant execute on function access.stop_officer(uuid, text, timestamptz, date), access.propose_change(uuid, text, uuid, boolean, text, timestamptz, timestamptz, date), access.changes_in(timestamptz, date),
  access.decide_change(uuid, boolean, text, timestamptz, date), access.make_reset_link(uuid, text, timestamptz, timestamptz), access.area_of_officer(uuid), access.officers_in(), access.posts_in() to app_staff;

-- As before, and what came since: one's own password, the link of a reset, and having seen what happened to one's sign-in.
alter policy doors on platform.audit with check (operation in ('account.password', 'account.sign-in', 'account.sign-out', 'account.confirm',
  'account.add-factor', 'account.remove-factor', 'account.new-recovery-codes', 'account.end-sessions', 'account.link-identity', 'account.unlink-identity',
  'account.change-password', 'account.reset-link', 'account.see-notices', 'account.undo-phone', 'account.undo-binding', 'access.choose-post')
  and post_id is null and schedule is null);
