-- A name of several parts is written with many dots: 阿依努尔·买买提, with • or ・ by another keyboard, and with or without spaces. Two spellings of one name are one name.
create function access.same_name(one text, other text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select translate(regexp_replace(lower(normalize(one, NFKC)), '\s', '', 'g'), '•・‧∙⋅ꞏ.', '·······') = translate(regexp_replace(lower(normalize(other, NFKC)), '\s', '', 'g'), '•・‧∙⋅ꞏ.', '·······') $$;
revoke all on function access.same_name(text, text) from public;
grant execute on function access.same_name(text, text) to app_staff;

create or replace function access.take_proxy(the_digest text, the_person uuid, at timestamptz, the_day date) returns uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update access.proxy set proxy_id = the_person, accepted_at = at, code_digest = null
    where code_digest = the_digest and proxy_id is null and ended_at is null and code_until > at and valid_to >= the_day and principal_id <> the_person
      and the_person = any((select nullif(current_setting('app.subjects', true), ''))::uuid[])
      and (named is null or access.same_name(named, (select p.name from people.person p where p.id = the_person)))
    returning id $$;
