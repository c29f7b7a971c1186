-- Asked before an account is made: without a good token nobody makes any. Definer: the server may not read the tokens.
create function access.is_first_token(the_hash bytea, not_before timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from access.first_administrator where token_hash = the_hash and used_at is null and made_at > not_before)
    and not exists (select from access.officer) $$;
revoke all on function access.is_first_token(bytea, timestamptz) from public;
grant execute on function access.is_first_token(bytea, timestamptz) to kaifong_app;
