-- One table for whatever two people do together: one proposes, another decides. So far a post; accounts follow.
alter table access.post_proposal rename to proposal;
comment on table access.proposal is 'What a first administrator wants and a second one has to approve. No app role touches it; only its functions do';
alter table access.proposal add column kind text not null default 'post' check (kind in ('post'));
alter table access.proposal add column expires_at timestamptz;
update access.proposal set expires_at = proposed_at + interval '30 days';
comment on column access.proposal.expires_at is 'Nobody decided until then: it is over, and a new one is proposed';
alter table access.proposal alter expires_at set not null, alter kind drop default, drop constraint decided_whole,
  alter organisation_id drop not null, alter role drop not null, alter areas drop not null, alter domains drop not null, alter valid_from drop not null,
  add constraint decided_whole check ((outcome is null) = (decided_at is null)),
  add constraint post_whole check (num_nonnulls(organisation_id, role, areas, domains, valid_from) = case kind when 'post' then 5 else 0 end
    and (post_id is not null) = (kind = 'post' and coalesce(outcome in ('approved', 'first'), false)));
comment on column access.proposal.scope is 'Whose administrators decide: the common ancestor of a post''s areas';

-- The day of the call, set with its scope; null where the scope has none, and then no post works.
create function access.today() returns date language sql stable set search_path = pg_catalog, pg_temp as $$
  select nullif(current_setting('app.day', true), '')::date $$;
-- Whether somebody works in this post today. The server asks at each request; whoever asks past row security asks once more.
create function access.works(the_post uuid) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from access.post p join access.officer o on o.id = p.officer_id where p.id = the_post and p.ended_at is null and o.ended_at is null
    and p.valid_from <= access.today() and (p.valid_to is null or p.valid_to >= access.today())) $$;
create or replace function access.acting(the_role text) returns uuid language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.id from access.post p where p.id = nullif(current_setting('app.post', true), '')::uuid and p.role = the_role and access.works(p.id) $$;
revoke all on function access.today(), access.works(uuid) from public;

-- What keeps this post from deciding: somebody has, or the proposal is her own or about her. Null where nothing does.
create function access.bars_decision(r access.proposal, acting_post uuid) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when r.outcome is not null then 'decided'
    when (select p.officer_id from access.post p where p.id = acting_post) in (r.officer_id, (select p.officer_id from access.post p where p.id = r.proposed_by)) then 'own' end $$;
revoke all on function access.bars_decision(access.proposal, uuid) from public;

create or replace function access.propose_post(new_id uuid, new_post uuid, the_officer uuid, the_organisation uuid, the_role text, the_areas text[], the_scope text, the_domains text[], first_day date, last_day date, at timestamptz) returns text
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
end $$;

drop function access.proposals_in();
create function access.proposals_in() returns table (id uuid, officer_id uuid, officer_name text, officer_number text, role text, organisation text, lent_by text, areas text[], domains text[],
  valid_from date, valid_to date, proposed_by text, proposed_at timestamptz, expires_at timestamptz, outcome text, decided_by text, decided_at timestamptz, reason text, own boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function access.proposals_in() from public;
grant execute on function access.proposals_in() to app_staff;

create or replace function access.decide_post(the_proposal uuid, approved boolean, the_reason text, new_post uuid, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;
