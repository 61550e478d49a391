-- Changes at its source that a report has not been sent with (article 9.1b).
alter table report
    add column source_at timestamptz,             -- until when such changes are in what was received
    add column changed_at timestamptz,            -- the first that is not, null where none is
    add column update_due_at timestamptz,
    add column newest_change_at timestamptz,      -- the last of them
    add column newest_update_due_at timestamptz;

-- What was received before anybody could say of what instant it is reflects its source as it was at the first receipt, at the least.
update report set source_at = submitted_at where submitted_at is not null;

create index report_to_update on report (update_due_at) where update_due_at is not null and state <> 5;

-- Each time that a report was due again: what is measured. Written once, settled once.
create table report_update (
    report text not null, agency text not null,
    changed_at timestamptz not null, told_at timestamptz not null, due_at timestamptz not null, settled_at timestamptz,
    primary key (report, changed_at));
create index report_update_due on report_update (due_at);
-- What was owed at an instant: what still is, and what was settled after it.
create index report_update_open on report_update (told_at) where settled_at is null;
create index report_update_settled on report_update (settled_at) where settled_at is not null;

alter table form_setting add column update_days smallint not null default 1;
