-- Invitations, posts that two people make, and what ends at once.
alter table access.officer add column organisation_id uuid references access.organisation, add column ended_by uuid references access.post, add column ended_why text;
comment on column access.officer.organisation_id is 'Who employs her. Administrators of its area invite, propose and end; a post at another organisation is a secondment';
update access.officer o set organisation_id = (select p.organisation_id from access.post p where p.officer_id = o.id order by p.valid_from, p.id limit 1);

alter table access.post add column lent_by uuid references access.organisation, add column ended_at timestamptz, add column ended_by uuid references access.post, add column ended_why text;
comment on column access.post.lent_by is '借调: the organisation that lends the officer, when the post is at another';
comment on column access.post.ended_at is 'Ended by an administrator before its last day; from then on the post does nothing';
alter table access.post add constraint lent_for_a_time check (lent_by is null or valid_to is not null);
-- Three administrators, three people: nobody holds two kinds on one day, whoever writes the rows.
alter table access.post add constraint one_kind_of_administrator
  exclude using gist (officer_id with =, role with <>, daterange(valid_from, valid_to, '[]') with &&)
  where (role in ('system-administrator', 'security-administrator', 'audit-administrator') and ended_at is null);

create table access.invitation (
  id uuid primary key, token_hash bytea not null unique, name text not null, number text not null, username text not null,
  organisation_id uuid not null references access.organisation, invited_by uuid not null references access.post,
  invited_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz, officer_id uuid references access.officer,
  withdrawn_at timestamptz, withdrawn_by uuid references access.post,
  constraint used_by_somebody check ((used_at is null) = (officer_id is null)));
comment on table access.invitation is 'One-time links for new officers: SHA-256 of the token, for seven days. No app role touches it; only its functions do';

create table access.post_proposal (
  id uuid primary key, officer_id uuid not null references access.officer, organisation_id uuid not null references access.organisation,
  lent_by uuid references access.organisation, role text not null, areas text[] collate "C" not null check (cardinality(areas) > 0),
  scope text collate "C" not null check (scope <> ''), domains text[] not null, valid_from date not null, valid_to date,
  proposed_by uuid not null references access.post, proposed_at timestamptz not null,
  outcome text check (outcome in ('approved', 'refused', 'first')), decided_by uuid references access.post, decided_at timestamptz, reason text,
  post_id uuid references access.post,
  constraint dates_in_order check (valid_to is null or valid_to >= valid_from),
  constraint decided_whole check ((outcome is null) = (decided_at is null) and (post_id is not null) = coalesce(outcome in ('approved', 'first'), false)),
  constraint decided_by_another check (decided_by is null or decided_by <> proposed_by));
comment on table access.post_proposal is 'A post as a system administrator wants it; it exists after a security administrator approved it. No app role touches it';
-- Exactly one post of a security administrator was ever made without approval: the first, when nobody could approve.
create unique index one_without_approval on access.post_proposal (outcome) where outcome = 'first';
create index proposals_waiting on access.post_proposal (proposed_at) where outcome is null;

-- Read inside the functions below, with their rights; nobody else may call them.
create function access.in_reach(the_area text) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(starts_with(the_area, nullif(current_setting('app.scope', true), '')), false) $$;
create function access.acting(the_role text) returns uuid language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.id from access.post p join access.officer o on o.id = p.officer_id
  where p.id = nullif(current_setting('app.post', true), '')::uuid and p.role = the_role and p.ended_at is null and o.ended_at is null $$;
-- As `acting`, and refuses whoever acts in no such post.
create function access.must_act(the_role text) returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare found_post uuid := access.acting(the_role);
begin
  if found_post is null then raise exception 'only a % may do this', the_role using errcode = '42501'; end if;
  return found_post;
end $$;
-- Whoever approves must not run out: without one no post can be made any more.
create function access.is_last_approver(the_post uuid, on_day date) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from access.post where id = the_post and role = 'security-administrator' and ended_at is null and (valid_to is null or valid_to >= on_day))
    and not exists (select from access.post p join access.officer o on o.id = p.officer_id where p.id <> the_post and p.role = 'security-administrator'
      and p.officer_id <> (select officer_id from access.post where id = the_post)
      and p.ended_at is null and o.ended_at is null and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day)) $$;
revoke all on function access.in_reach(text), access.acting(text), access.must_act(text), access.is_last_approver(uuid, date) from public;

-- Definers: no role of a request sees who works where, or writes it. Each asks in which post the scope acts, and looks at its area alone.
create function access.invite(new_id uuid, the_hash bytea, the_name text, the_number text, the_username text, the_organisation uuid, at timestamptz, until timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

create function access.add_organisation(new_id uuid, the_name text, the_kind text, the_area text, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  if not access.in_reach(the_area) then return false; end if;
  insert into access.organisation (id, name, kind, area, recorded_at) values (new_id, the_name, the_kind, the_area, at);
  return true;
end $$;

create function access.withdraw_invitation(the_invitation uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare acting_post uuid := access.must_act('system-administrator');
begin
  update access.invitation i set withdrawn_at = at, withdrawn_by = acting_post from access.organisation g
    where i.id = the_invitation and g.id = i.organisation_id and access.in_reach(g.area) and i.used_at is null and i.withdrawn_at is null;
  return found;
end $$;

create function access.invitations_in(at timestamptz) returns table (id uuid, name text, number text, username text, organisation text, area text, invited_at timestamptz, expires_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return query select i.id, i.name, i.number, i.username, g.name, g.area, i.invited_at, i.expires_at
    from access.invitation i join access.organisation g on g.id = i.organisation_id
    where access.in_reach(g.area) and i.used_at is null and i.withdrawn_at is null and i.expires_at > at - interval '30 days' order by i.invited_at desc, i.id;
end $$;

-- Whoever holds the link has no account yet: asked and taken as nobody, by the token alone.
create function access.invitation_of(the_hash bytea, at timestamptz) returns table (name text, number text, username text, organisation text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.name, i.number, i.username, g.name from access.invitation i join access.organisation g on g.id = i.organisation_id
  where i.token_hash = the_hash and i.used_at is null and i.withdrawn_at is null and i.expires_at > at $$;

create function access.accept_invitation(the_hash bytea, at timestamptz, new_officer uuid, the_account text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare i access.invitation;
begin
  select * into i from access.invitation where token_hash = the_hash and used_at is null and withdrawn_at is null and expires_at > at for update;
  if not found then return false; end if;
  insert into access.officer (id, account_id, name, number, organisation_id, recorded_at)
    values (new_officer, the_account, i.name, i.number, i.organisation_id, at) on conflict do nothing;
  if not found then return false; end if;
  update access.invitation set used_at = at, officer_id = new_officer where id = i.id;
  return true;
end $$;

create function access.officers_in() returns table (id uuid, name text, number text, organisation_id uuid, organisation text, area text, ended_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return query select o.id, o.name, o.number, g.id, g.name, g.area, o.ended_at
    from access.officer o join access.organisation g on g.id = o.organisation_id where access.in_reach(g.area) order by o.ended_at nulls first, o.number;
end $$;

-- Posts within the area, and posts elsewhere of officers whom an organisation within it employs.
create function access.posts_in() returns table (id uuid, officer_id uuid, role text, organisation text, lent_by text, areas text[], domains text[], valid_from date, valid_to date, ended_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform access.must_act('system-administrator');
  return query select p.id, p.officer_id, p.role, g.name, l.name, p.areas, p.domains, p.valid_from, p.valid_to, p.ended_at
    from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
      left join access.organisation h on h.id = o.organisation_id left join access.organisation l on l.id = p.lent_by
    where access.in_reach(p.scope) or access.in_reach(h.area) order by p.valid_from desc, p.id;
end $$;

create function access.propose_post(new_id uuid, new_post uuid, the_officer uuid, the_organisation uuid, the_role text, the_areas text[], the_scope text, the_domains text[], first_day date, last_day date, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
  insert into access.post_proposal (id, officer_id, organisation_id, lent_by, role, areas, scope, domains, valid_from, valid_to, proposed_by, proposed_at)
    values (new_id, the_officer, the_organisation, lender, the_role, the_areas, the_scope, the_domains, first_day, last_day, acting_post, at);
  perform pg_advisory_xact_lock(hashtext('access.first'));
  -- The first security administrator of all: nobody can approve yet. There has never been one, so that none can be got rid of to repeat it.
  if the_role = 'security-administrator' and not exists (select from access.post p where p.role = 'security-administrator') then
    insert into access.post (id, officer_id, organisation_id, lent_by, role, areas, scope, domains, valid_from, valid_to, recorded_at)
      values (new_post, the_officer, the_organisation, lender, the_role, the_areas, the_scope, the_domains, first_day, last_day, at);
    update access.post_proposal set outcome = 'first', decided_at = at, post_id = new_post where id = new_id;
    return 'first';
  end if;
  return 'proposed';
end $$;

create function access.proposals_in() returns table (id uuid, officer_id uuid, officer_name text, officer_number text, role text, organisation text, lent_by text, areas text[], domains text[],
  valid_from date, valid_to date, proposed_by text, proposed_at timestamptz, outcome text, decided_by text, decided_at timestamptz, reason text, own boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  acting_post uuid := coalesce(access.acting('system-administrator'), access.acting('security-administrator'));
  me uuid;
begin
  if acting_post is null then raise exception 'only administrators may do this' using errcode = '42501'; end if;
  select p.officer_id into me from access.post p where p.id = acting_post;
  return query select r.id, r.officer_id, o.name, o.number, r.role, g.name, l.name, r.areas, r.domains, r.valid_from, r.valid_to, b.officer_name, r.proposed_at,
      r.outcome, d.officer_name, r.decided_at, r.reason,
      r.officer_id = me or (select p.officer_id from access.post p where p.id = r.proposed_by) = me
    from access.post_proposal r join access.officer o on o.id = r.officer_id join access.organisation g on g.id = r.organisation_id
      left join access.organisation l on l.id = r.lent_by join access.officer_of_post b on b.post_id = r.proposed_by left join access.officer_of_post d on d.post_id = r.decided_by
    where access.in_reach(r.scope) order by r.outcome nulls first, r.proposed_at desc, r.id limit 200;
end $$;

create function access.decide_post(the_proposal uuid, approved boolean, the_reason text, new_post uuid, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  acting_post uuid := access.must_act('security-administrator');
  me uuid;
  r access.post_proposal;
begin
  select * into r from access.post_proposal where id = the_proposal and access.in_reach(scope) for update;
  if not found then return 'missing'; end if;
  if r.outcome is not null then return 'decided'; end if;
  select p.officer_id into me from access.post p where p.id = acting_post;
  if r.officer_id = me or (select p.officer_id from access.post p where p.id = r.proposed_by) = me then return 'own'; end if;
  if not approved then
    update access.post_proposal set outcome = 'refused', decided_by = acting_post, decided_at = at, reason = the_reason where id = r.id;
    return 'refused';
  end if;
  if exists (select from access.officer o where o.id = r.officer_id and o.ended_at is not null) then return 'officer_ended'; end if;
  begin
    insert into access.post (id, officer_id, organisation_id, lent_by, role, areas, scope, domains, valid_from, valid_to, recorded_at)
      values (new_post, r.officer_id, r.organisation_id, r.lent_by, r.role, r.areas, r.scope, r.domains, r.valid_from, r.valid_to, at);
  exception when exclusion_violation then return 'second_kind';
  end;
  update access.post_proposal set outcome = 'approved', decided_by = acting_post, decided_at = at, reason = the_reason, post_id = new_post where id = r.id;
  return 'approved';
end $$;

create function access.end_post(the_post uuid, the_reason text, at timestamptz, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  acting_post uuid := access.must_act('system-administrator');
  p access.post;
begin
  select * into p from access.post where id = the_post and access.in_reach(scope) for update;
  if not found then return 'missing'; end if;
  if p.ended_at is not null then return 'ended'; end if;
  if p.officer_id = (select q.officer_id from access.post q where q.id = acting_post) then return 'own'; end if;
  if access.is_last_approver(p.id, on_day) then return 'last_approver'; end if;
  update access.post set ended_at = at, ended_by = acting_post, ended_why = the_reason where id = p.id;
  return 'done';
end $$;

-- The account of an officer who leaves. Her posts end with it; her sessions find no post from the next request on.
create function access.end_officer(the_officer uuid, the_reason text, at timestamptz, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  acting_post uuid := access.must_act('system-administrator');
  o access.officer;
begin
  select f.* into o from access.officer f join access.organisation g on g.id = f.organisation_id where f.id = the_officer and access.in_reach(g.area) for update of f;
  if not found then return 'missing'; end if;
  if o.ended_at is not null then return 'ended'; end if;
  if o.id = (select q.officer_id from access.post q where q.id = acting_post) then return 'own'; end if;
  if exists (select from access.post p where p.officer_id = o.id and access.is_last_approver(p.id, on_day)) then return 'last_approver'; end if;
  update access.officer set ended_at = at, ended_by = acting_post, ended_why = the_reason where id = o.id;
  update access.post set ended_at = at, ended_by = acting_post, ended_why = the_reason where officer_id = o.id and ended_at is null;
  return 'done';
end $$;

-- What officers of the area did, newest first: ids and codes. Nothing of residents' own acts, and no id of a person, who stands
-- behind a mark. the_areas is the exact set of the post that asks; the scope fences it.
create function access.acts_in(the_areas text[], since timestamptz, until timestamptz, before_at timestamptz, before_id uuid, the_post uuid, the_operation text, most int)
returns table (id uuid, at timestamptz, operation text, outcome text, post_id uuid, role text, officer_name text, officer_number text, object_id text, about_person boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

revoke all on function access.invite(uuid, bytea, text, text, text, uuid, timestamptz, timestamptz), access.add_organisation(uuid, text, text, text, timestamptz), access.withdraw_invitation(uuid, timestamptz), access.invitations_in(timestamptz),
  access.invitation_of(bytea, timestamptz), access.accept_invitation(bytea, timestamptz, uuid, text), access.officers_in(), access.posts_in(),
  access.propose_post(uuid, uuid, uuid, uuid, text, text[], text, text[], date, date, timestamptz), access.proposals_in(),
  access.decide_post(uuid, boolean, text, uuid, timestamptz), access.end_post(uuid, text, timestamptz, date), access.end_officer(uuid, text, timestamptz, date),
  access.acts_in(text[], timestamptz, timestamptz, timestamptz, uuid, uuid, text, int) from public;
grant execute on function access.invite(uuid, bytea, text, text, text, uuid, timestamptz, timestamptz), access.add_organisation(uuid, text, text, text, timestamptz), access.withdraw_invitation(uuid, timestamptz), access.invitations_in(timestamptz),
  access.officers_in(), access.posts_in(), access.propose_post(uuid, uuid, uuid, uuid, text, text[], text, text[], date, date, timestamptz), access.proposals_in(),
  access.decide_post(uuid, boolean, text, uuid, timestamptz), access.end_post(uuid, text, timestamptz, date), access.end_officer(uuid, text, timestamptz, date),
  access.acts_in(text[], timestamptz, timestamptz, timestamptz, uuid, uuid, text, int) to app_staff;
grant usage on schema access to app_public;
grant execute on function access.invitation_of(bytea, timestamptz), access.accept_invitation(bytea, timestamptz, uuid, text) to app_public;
grant select on access.organisation to app_staff;

-- As before, and the first administrator has a home: her organisation.
create or replace function access.claim_first(the_hash bytea, not_before timestamptz, at timestamptz, organisation uuid, officer uuid, post uuid,
  the_account text, the_name text, the_area text, lines text[], today date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update access.first_administrator set used_at = at where token_hash = the_hash and used_at is null and made_at > not_before;
  if not found or exists (select from access.officer) then return false; end if;
  insert into access.organisation (id, name, kind, area, recorded_at) values (organisation, the_name, 'bureau', the_area, at);
  insert into access.officer (id, account_id, name, number, organisation_id, recorded_at) values (officer, the_account, the_name, '0001', organisation, at);
  insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at)
    values (post, officer, organisation, 'system-administrator', array[the_area], the_area, lines, today, at);
  return true;
end $$;
