-- The ladder by which each rhythm's reports are urged; the newest row of a rhythm holds, for what is still to come.
create table ladder (
    rhythm smallint not null, steps jsonb not null, quiet jsonb not null,
    set_by text not null, reason text not null, set_at timestamptz not null,
    primary key (rhythm, set_at));

-- By which deadline and which ladder a report's steps were planned.
create table report_ladder (report text primary key, due_at timestamptz not null, ladder_at timestamptz not null);

-- One step of one report. Done once, on however many nodes: whoever sets done_at writes the notices and the event beside it.
create table report_step (
    report text not null, step text not null, at timestamptz not null, audiences smallint[] not null,
    done_at timestamptz, outcome smallint,   -- StepOutcome
    primary key (report, step));
create index report_step_to_come on report_step (at) where done_at is null;

-- What somebody was told. One row for each who is told by each channel, however many reports it is about.
create table notice (
    id bigint generated always as identity primary key,
    kind smallint not null,           -- NoticeKind
    agency text not null,             -- whose reports it is about
    reader text not null,             -- the agency whose people it is for
    audiences smallint[] not null,    -- Audience: who of them
    channel smallint not null,        -- NoticeChannel
    address text,                     -- where a letter goes
    items jsonb not null, made_at timestamptz not null,
    send_at timestamptz not null,     -- not before; the end of quiet hours, or of the pause after a failure
    attempts int not null default 0, claimed_until timestamptz, sent_at timestamptz, failed_at timestamptz, error text,
    read_at timestamptz, read_by text);
create index notice_to_send on notice (send_at) where channel = 1 and sent_at is null and failed_at is null;
create index notice_of_reader on notice (reader, id desc) where channel = 0;
create index notice_of_agency on notice (agency, id desc);
