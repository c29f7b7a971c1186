-- The record of looks is sealed like the audit (platform/seals). person_id stays beside its mark, since a person reads her own
-- entries by it; what is sealed is the mark, so that a person can be erased and no seal breaks.
alter table access.read_entry add column act bigint not null default platform.act_number(), add column person_mark bytea,
  alter column person_id drop not null, add constraint of_somebody check (person_id is not null or person_mark is not null);
comment on column access.read_entry.act is 'Number of the transaction that wrote the row; set by the database alone';
comment on column access.read_entry.person_id is 'Null once the person was erased';
comment on column access.read_entry.person_mark is 'Salted commitment to the person; the salt lies sealed in platform.audit_subject';
create index read_entry_by_act on access.read_entry (act, id);
revoke insert on access.read_entry from app_staff;
grant insert (id, at, person_id, person_mark, operation, purpose, case_id, account_id, post_id, request_id) on access.read_entry to app_staff;

grant usage on schema access to app_sealer;
grant select on access.read_entry, access.read_entry_default to app_sealer;
create policy sealer_reads_entries on access.read_entry for select to app_sealer using (true);
