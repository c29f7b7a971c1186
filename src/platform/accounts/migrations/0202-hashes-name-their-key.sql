-- A keyed hash begins with the id of its key (docs/adr/0012): those of before were made with the key that the database was begun with.
do $$
declare first_key bytea := (select decode(value, 'hex') from platform.setting where name = 'keys');
begin
  update auth.resident_phone set phone_hash = first_key || phone_hash;
  update auth.phone_change set old_hash = first_key || old_hash;
  update auth.recovery_code set code_hash = first_key || code_hash;
  update auth.sign_in_try set username_hash = first_key || username_hash;
  update auth.phone_code set phone_hash = first_key || phone_hash, code_hash = first_key || code_hash, replaced_hash = first_key || replaced_hash;
end $$;
