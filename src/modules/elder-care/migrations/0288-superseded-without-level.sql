-- As before (0271), and also where the later round came to no level and so has no paper: what two people signed last is what stands, and an
-- earlier report says what they no longer say. A first view, and a second that differs, settle nothing yet.
drop trigger earlier_reports_are_superseded on care.view;
create trigger earlier_reports_are_superseded after insert on care.view for each row
  when (new.part = 'third' or (new.part = 'second' and new.says = 'same')) execute function care.supersede_reports();
