-- Days of single agencies, beside the nation's (agency '').
alter table calendar_day add column agency text not null default '', add column entered_by text not null default '';
alter table calendar_day alter column agency drop default, alter column entered_by drop default;
alter table calendar_day drop constraint calendar_day_pkey, add primary key (agency, day, recorded_at);

-- A deadline to come moves when the calendar changes: by what it was last reckoned, and what it was before.
alter table report add column scheduled_at timestamptz; -- null: when it was opened
create index report_to_come on report (due_at) where submitted_at is null and overdue_since is null and state in (0, 1);

create table report_due_past (
    report text not null, due_at timestamptz not null, lock_at timestamptz,
    until timestamptz not null,       -- exclusive: from here on the next row, or the report's own
    primary key (report, until));
