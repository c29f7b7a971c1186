alter table access.person_account add column ended_why text, add column ended_post_id uuid references access.post;
comment on column access.person_account.ended_why is 'Why an officer undid the binding';
comment on column access.person_account.ended_post_id is 'Who undid it';
