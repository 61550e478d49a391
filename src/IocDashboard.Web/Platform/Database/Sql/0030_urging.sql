-- What is done about a report that does not come: what holds is on the report.
alter table report add column excused_at timestamptz, add column followed_by text;

-- What is excused falls due no more: it must not stand first in the index for ever.
drop index report_falls_due;
create index report_falls_due on report (due_at) where overdue_since is null and submitted_at is null and excused_at is null;

-- When an excuse held, and when somebody followed the report in person: what was known at an instant.
create table report_hold (
    report text not null, kind smallint not null,   -- HoldKind
    authority text, reason text not null, by text not null, at timestamptz not null,
    ended_by text, ended_at timestamptz,            -- exclusive
    primary key (report, kind, at));

-- A step that somebody has seen: the first to open a notice of it.
alter table report_step add column seen_at timestamptz, add column seen_by text;

-- A letter of urging: one to one agency, about one or more of its reports. Numbered by the body that sends it, anew each year (Decree 30/2020).
create table urging (
    id uuid primary key,
    body text not null, year smallint not null, number int not null,
    agency text not null, level smallint not null,  -- UrgingLevel
    recipients jsonb not null,                       -- UrgingRecipient
    subject text not null, text text not null, answer_by timestamptz not null,
    sent_by text not null, sent_at timestamptz not null,
    read_at timestamptz, read_by text,
    reply text, promised_for date, replied_by text, replied_at timestamptz,
    unique (body, year, number));
create index urging_of_agency on urging (agency, sent_at desc);

create table urging_report (urging uuid not null references urging, report text not null, time smallint not null, primary key (report, time));
create index urging_report_of_letter on urging_report (urging);

-- A notice may carry a letter of urging; its text is there.
alter table notice add column urging uuid references urging;
