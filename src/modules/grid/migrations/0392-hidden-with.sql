-- What is linked is hidden with what it goes on as, also where its own office is another one: whoever hides the whole may act in her areas
-- alone. It is that office that says whether it stays hidden, and until then it is told.
alter table grid.incident add column hidden_with text;
comment on column grid.incident.hidden_with is 'The number of what it is linked to, when it was hidden with that from another area; its own office has not looked at it since';
create index incident_hidden_with on grid.incident (area) where hidden_with is not null;
grant update (hidden_with) on grid.incident to app_staff;

-- Hides what is linked to something that the caller has hidden, wherever it lies. Definer: her row security ends at her areas. A number of how many.
create function grid.hide_with_parent(the_parent uuid, the_reason text, the_time timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function grid.hide_with_parent(uuid, text, timestamptz) from public;
grant execute on function grid.hide_with_parent(uuid, text, timestamptz) to app_staff;
-- The number of what one of the caller's own is linked to, as long as that is hidden; it may lie where she sees nothing.
create function grid.hidden_parent(the_child uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.number from grid.incident c join grid.incident p on p.id = c.parent_id
  where c.id = the_child and not p.shown and access.in_reach(c.area) and 'grid' = any(nullif(current_setting('app.domains', true), '')::text[]) $$;
revoke all on function grid.hidden_parent(uuid) from public;
grant execute on function grid.hidden_parent(uuid) to app_staff;
