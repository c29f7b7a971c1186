-- Who rules whose a part is has a time for it, and her list is in its order.
alter table coordination.whistle add column decision_due_at timestamptz;
comment on column coordination.whistle.decision_due_at is 'The next ruling that should come, by the pack''s time for it; null while none is asked for';
grant update (decision_due_at) on coordination.whistle to app_staff, app_system;
