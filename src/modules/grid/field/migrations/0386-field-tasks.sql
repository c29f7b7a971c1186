-- What a worker did about a task where there was no network comes in like her other records.
alter table grid.field_record drop constraint field_record_kind_check, add constraint field_record_kind_check check (kind in ('report', 'check', 'visit', 'task')),
  add column task_id uuid references grid.task;
comment on column grid.field_record.task_id is 'The task that it answers or is a note about';
create index field_records_of_task on grid.field_record (task_id, received_at) where task_id is not null;
grant update (task_id) on grid.field_record to app_staff;
