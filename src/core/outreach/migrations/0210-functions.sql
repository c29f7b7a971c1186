-- What a compiled rule calls. The same answers as platform/day.ts, which a property test compares; null outside the years 1 to 9999.
create schema outreach;
grant usage on schema outreach to app_system;
create function outreach.full_months(since date, until date) returns bigint language sql immutable parallel safe as $$
  select ((date_part('year', until) - date_part('year', since)) * 12 + date_part('month', until) - date_part('month', since)
    - (date_part('day', until) < date_part('day', since))::int)::bigint $$;
create function outreach.age_years(born_on date, day date) returns bigint language sql immutable parallel safe as $$
  select floor(outreach.full_months(born_on, day) / 12.0)::bigint $$;
create function outreach.months_after(day date, months bigint) returns date language sql immutable parallel safe as $$
  select case when date_part('year', day)::bigint * 12 + date_part('month', day)::bigint - 1 + months between 12 and 119999
    then (day + make_interval(months => months::int))::date end $$;
create function outreach.days_after(day date, days bigint) returns date language sql immutable parallel safe as $$
  select case when (day - date '0001-01-01') + days between 0 and 3652058 then day + days::int end $$;
-- Whole numbers that a page and a rule both hold exactly; null is “cannot be computed”.
create function outreach.exact(number numeric) returns bigint language sql immutable parallel safe as $$
  select case when number between -9007199254740991 and 9007199254740991 then number::bigint end $$;
-- Not inlined: choices in choices would double the text with each level.
create function outreach.choose(condition boolean, met anyelement, unmet anyelement) returns anyelement language plpgsql immutable parallel safe as $$
begin
  return case when condition then met when not condition then unmet when met = unmet then met end;
end $$;
create function outreach.same_list(one anyarray, other anyarray) returns boolean language sql immutable parallel safe as $$
  select case when one is null or other is null then null when cardinality(one) <> cardinality(other) then false
    else (select coalesce(bool_and(a = b), true) and case when coalesce(bool_or((a = b) is null), false) then null else true end
      from unnest(one, other) both_lists(a, b)) end $$;
create function outreach.choose_list(condition boolean, met anyarray, unmet anyarray) returns anyarray language plpgsql immutable parallel safe as $$
begin
  return case when condition then met when not condition then unmet when outreach.same_list(met, unmet) then met end;
end $$;
revoke all on all functions in schema outreach from public;
grant execute on all functions in schema outreach to app_system;
