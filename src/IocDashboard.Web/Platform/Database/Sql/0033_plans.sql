-- By which ladder and calendar a report's steps were laid out, on the report itself: null before, and where its deadline moved since;
-- infinity where it was overdue before anybody did, and is left.
alter table report add column ladder_at timestamptz;
update report r set ladder_at = l.ladder_at from report_ladder l where l.report = r.id and l.due_at = r.due_at;
drop table report_ladder;

-- What is to be laid out stands first, however many lie ahead.
create index report_to_plan on report ((coalesce(ladder_at, '-infinity'))) where submitted_at is null and state in (0, 1);
