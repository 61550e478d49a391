-- Ad-hoc data requests (articles 6.1, 9.1b): what was asked, and each agency's part of it, written with every event of the stream.
create table data_request (
    number text primary key,              -- YC-2026-001, also the key of the stream
    year int not null, ordinal int not null,
    id uuid not null unique,              -- chosen by whoever asked: the same asked twice is asked once
    title text not null, body text not null,
    authority text not null, asked_by text not null, asked_at timestamptz not null,
    due_at timestamptz not null,
    questions jsonb not null,             -- Question[]
    withdrawn_at timestamptz, withdrawn_reason text,
    unique (year, ordinal));
create index data_request_by_time on data_request (asked_at desc);

create table data_request_agency (
    number text not null references data_request, agency text not null, place int not null,
    due_at timestamptz not null,
    state smallint not null,              -- AnswerState
    punctuality smallint not null, overdue_since timestamptz, answered_at timestamptz,
    settled_at timestamptz,               -- first answer that held anything, written once
    revision int not null, answers jsonb not null, answered_by text,
    returned_at timestamptz, return_reason text, mend_by timestamptz,
    updated_at timestamptz not null,
    primary key (number, agency));
-- The first entry is all that a sweep with nothing to do looks at.
create index data_request_agency_due on data_request_agency (due_at) where state = 0 and overdue_since is null;
create index data_request_agency_of on data_request_agency (agency, due_at);

-- What an agency's people type before they send it: as typed, readable or not; written by compare-and-set on the version.
create table data_request_draft (
    number text not null, agency text not null, question text not null,
    content text not null, value numeric, note text,
    version int not null, written_by text not null, written_at timestamptz not null,
    primary key (number, agency, question),
    foreign key (number, agency) references data_request_agency);

-- Messages by which agencies' own systems answered, for idempotency.
create table data_request_message (
    agency text not null, message_id text not null, number text not null,
    content_hash bytea not null, receipt jsonb not null,
    constraint data_request_message_once primary key (agency, message_id));
