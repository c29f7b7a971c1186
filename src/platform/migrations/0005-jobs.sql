-- graphile-worker keeps its own schema under its own role; nobody else touches it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'kaifong_worker') then
    begin create role kaifong_worker login; exception when duplicate_object or unique_violation then null; end;
  end if;
end $$;
grant kaifong_worker to current_user;
create schema jobs authorization kaifong_worker;
