create schema people;
grant usage on schema people to app_staff, app_resident;

create table people.person (
  id uuid primary key,
  name text not null, sex text check (sex in ('male', 'female')), born_on date,
  id_number_sealed bytea, id_number_blind bytea unique,
  phone_sealed bytea, phone_blind bytea,
  -- Where the person lives and is registered today: what row security sees. The spells below are the facts.
  living_area text collate "C" references areas.area, hukou_area text collate "C",
  safety_flag boolean not null default false,
  recorded_at timestamptz not null, source text not null);
comment on table people.person is '一库: one row a person. ID number and phone sealed per field, found by keyed hash';
create index person_living on people.person (living_area, id);
create index person_hukou on people.person (hukou_area, id);
create index person_phone on people.person (phone_blind) where phone_blind is not null;

create table people.hukou_household (
  id uuid primary key, area text collate "C" not null references areas.area, number text not null unique, recorded_at timestamptz not null);
comment on table people.hukou_household is '户: those written in one hukou book';
create table people.hukou_spell (
  id uuid primary key, person_id uuid not null references people.person, household_id uuid references people.hukou_household,
  area text collate "C" not null, relation text not null, during daterange not null,
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint one_hukou_at_a_time exclude using gist (person_id with =, during with &&));
comment on table people.hukou_spell is 'Where a person''s hukou was, and since when. area may lie outside this city';

create table people.dwelling (
  id uuid primary key, area text collate "C" not null references areas.area, address text not null, recorded_at timestamptz not null);
comment on table people.dwelling is 'A home with its address';
create index dwelling_in_area on people.dwelling (area, address);
create table people.dwelling_occupancy (
  id uuid primary key, person_id uuid not null references people.person, dwelling_id uuid not null references people.dwelling,
  area text collate "C" not null, during daterange not null,
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint one_home_at_a_time exclude using gist (person_id with =, during with &&));
comment on table people.dwelling_occupancy is 'Who lives in which dwelling, and since when';

create table people.residence_spell (
  id uuid primary key, person_id uuid not null references people.person, area text collate "C" not null, during daterange not null,
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint one_registration_at_a_time exclude using gist (person_id with =, during with &&));
comment on table people.residence_spell is '居住登记: registered residence of somebody whose hukou is elsewhere';

create table people.income_declaration (
  id uuid primary key, person_id uuid not null references people.person, monthly_fen bigint not null check (monthly_fen >= 0), during daterange not null,
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint one_income_at_a_time exclude using gist (person_id with =, during with &&));
comment on table people.income_declaration is 'Declared or checked monthly income, in fen';

create table people.benefit_receipt (
  id uuid primary key, person_id uuid not null references people.person, matter_code text not null, amount_fen bigint, during daterange not null,
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint a_benefit_once_at_a_time exclude using gist (person_id with =, matter_code with =, during with &&));
comment on table people.benefit_receipt is 'Which benefit a person receives, and since when';

create table people.bank_account (
  id uuid primary key, person_id uuid not null references people.person, account_sealed bytea not null, last_four text not null check (length(last_four) = 4),
  bank text, during daterange not null,
  source text not null, method text not null, case_id uuid, recorded_at timestamptz not null,
  constraint one_account_at_a_time exclude using gist (person_id with =, during with &&));
comment on table people.bank_account is 'Where benefits are paid. The number is sealed; pages show four digits';

-- Row security. Staff see persons who live in or belong to their range; a resident sees herself.
do $$
declare t text;
begin
  execute 'alter table people.person enable row level security';
  execute $p$create policy person_in_scope on people.person for all to app_staff using (
    (living_area >= (select nullif(current_setting('app.scope', true), '')) and living_area < (select nullif(current_setting('app.scope', true), '') || '~'))
    or (hukou_area >= (select nullif(current_setting('app.scope', true), '')) and hukou_area < (select nullif(current_setting('app.scope', true), '') || '~')))$p$;
  execute $p$create policy person_is_self on people.person for select to app_resident using (id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]))$p$;
  foreach t in array array['hukou_spell', 'dwelling_occupancy', 'residence_spell', 'income_declaration', 'benefit_receipt', 'bank_account'] loop
    execute format('alter table people.%I enable row level security', t);
    -- The inner select runs under the same role, so it sees only persons in scope.
    execute format('create policy person_in_scope on people.%I for all to app_staff using (person_id in (select p.id from people.person p where p.id = person_id))', t);
    execute format($p$create policy person_is_self on people.%I for select to app_resident using (person_id = any((select nullif(current_setting('app.subjects', true), ''))::uuid[]))$p$, t);
    execute format('create index on people.%I (person_id)', t);
    -- What was recorded stays as it was; a spell only ends.
    execute format('grant select, insert, update (during) on people.%I to app_staff', t);
    execute format('grant select on people.%I to app_resident', t);
  end loop;
  foreach t in array array['hukou_household', 'dwelling'] loop
    execute format('alter table people.%I enable row level security', t);
    execute format($p$create policy area_in_scope on people.%I for all to app_staff using (area >= (select nullif(current_setting('app.scope', true), '')) and area < (select nullif(current_setting('app.scope', true), '') || '~'))$p$, t);
    execute format('grant select, insert on people.%I to app_staff', t);
  end loop;
  execute $p$create policy home_is_own on people.dwelling for select to app_resident using (exists (select from people.dwelling_occupancy o where o.dwelling_id = dwelling.id))$p$;
  grant select on people.dwelling to app_resident;
end $$;
-- Name, number and safety flag are nobody's to change here; where she lives and belongs follows the spells.
grant select, insert (id, name, sex, born_on, id_number_sealed, id_number_blind, phone_sealed, phone_blind, living_area, hukou_area, recorded_at, source),
  update (living_area, hukou_area) on people.person to app_staff;
grant select on people.person to app_resident;
create index occupancy_of_dwelling on people.dwelling_occupancy (dwelling_id);
