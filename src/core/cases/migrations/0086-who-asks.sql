-- Whoever is asked to authorise a check has to know who applied and when; the case itself is not hers to read.
alter table cases.unit_member add column applicant_name text, add column applied_on date;
update cases.unit_member m set applicant_name = p.name, applied_on = (c.received_at at time zone 'Asia/Shanghai')::date
  from cases.case c join people.person p on p.id = c.applicant_id where c.id = m.case_id;
alter table cases.unit_member alter column applicant_name set not null, alter column applied_on set not null;
comment on column cases.unit_member.applicant_name is 'As on the day of the application: all that this adult learns of the applicant';
