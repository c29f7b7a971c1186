-- A keyed hash begins with the id of its key (docs/adr/0012): those of before were made with the key that the database was begun with.
do $$
declare first_key bytea := (select decode(value, 'hex') from platform.setting where name = 'keys');
begin
  if first_key is null and exists (select from people.person where id_number_blind is not null or phone_blind is not null) then
    raise exception 'this database does not say with which blind key it was begun (platform.setting, keys): start it once with the program that wrote it';
  end if;
  update people.person set id_number_blind = first_key || id_number_blind, phone_blind = first_key || phone_blind
    where id_number_blind is not null or phone_blind is not null;
end $$;

-- Is a number on record, wherever? Asked only while the blind key changes, before a person is recorded; with one key the unique
-- column answers, and says no more. Definer: whoever records a person may not see those of other places.
create function people.number_taken(the_blinds bytea[]) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform platform.lock_values(the_blinds);
  return exists (select from people.person p where p.id_number_blind = any(the_blinds));
end $$;
revoke all on function people.number_taken(bytea[]) from public;
grant execute on function people.number_taken(bytea[]) to app_staff;
