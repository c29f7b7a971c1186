-- A need that was met is said, so that what is left can be counted.
alter table safety.visit drop constraint visit_result_check, add constraint visit_result_check check (result in ('told', 'not_home', 'needs_help', 'helped'));
