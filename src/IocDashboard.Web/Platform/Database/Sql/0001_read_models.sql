-- The application's own tables, schema "ioc". Events live in schema "history" (Marten), the scheduler in "quartz".
-- Every row here is written in the transaction of the events that it reflects.

-- Areas and the working calendar are reference data of the catalogue, not governed by events.
create table area (
    code text primary key, name_vi text not null, name_en text not null,
    short_vi text not null, short_en text not null,
    kind text not null, parent text, map_col int, map_row int, sort int not null);

create table calendar_day (
    day date primary key, name_vi text not null, name_en text not null,
    confirmed boolean not null, kind text not null, basis text not null);

-- One series is one indicator over one area.
create table series (
    id int generated always as identity primary key,
    indicator text not null, area text not null,
    unique (indicator, area));

-- Bitemporal, append-only. time_key is the first instant of the period (province time) or the instant of a measurement.
-- rhythm is the letter of the period's rhythm (D W M Q S Y), or I for a measurement.
-- head: when it was recorded, no later period of the series was known; an as-of read takes the latest such row.
create table observation (
    series_id int not null,
    time_key timestamptz not null,
    rhythm "char" not null,
    revision int not null,
    value numeric,
    status smallint not null,         -- ObservationStatus
    verification smallint not null,   -- VerificationState
    head boolean not null,
    seq bigint not null,              -- sequence of the event in history.mt_events
    recorded_at timestamptz not null,
    note text
) partition by range (recorded_at);

create index observation_by_time on observation (series_id, time_key desc, revision desc);
create index observation_by_record on observation (series_id, recorded_at desc, seq desc) where head;

-- The head of each series, with what a tile needs around it, so that no read aggregates.
create table current_value (
    series_id int primary key,
    time_key timestamptz not null,
    rhythm "char" not null,
    revision int not null,
    value numeric,
    status smallint not null,
    verification smallint not null,
    seq bigint not null,
    recorded_at timestamptz not null,
    note text,
    recent_keys timestamptz[] not null,  -- oldest first; periods: the last 14; streams: hours, the last 49
    recent_values numeric[] not null
) with (fillfactor = 70);

-- One row per obligation: agency × form × period.
create table report (
    id text primary key,              -- FORM/AGENCY/PERIOD, also the stream's key
    form text not null, agency text not null, period text not null,
    time_key timestamptz not null,
    opens_at timestamptz not null, due_at timestamptz not null, lock_at timestamptz,
    state smallint not null,          -- ReportState
    punctuality smallint not null,    -- Punctuality
    overdue_since timestamptz,        -- set once, to due_at
    submitted_at timestamptz,         -- first complete submission
    revision int not null default 0,
    values_accepted int not null default 0,
    updated_at timestamptz not null);

-- The due index: the sweep touches only rows whose instant has come.
create index report_falls_due on report (due_at) where overdue_since is null and submitted_at is null;
create index report_locks on report (lock_at) where state <> 5;
create index report_overdue on report (overdue_since) where overdue_since is not null and submitted_at is null;
create index report_by_due on report (due_at, id);
create index report_by_agency on report (agency, due_at);

-- Idempotency: one row per accepted message.
create table message (
    agency text not null, message_id text not null, content_hash bytea not null,
    receipt jsonb not null, received_at timestamptz not null,
    primary key (agency, message_id));

create table feed_state (
    feed text primary key, state smallint not null, last_at timestamptz, last_received_at timestamptz,
    late_at timestamptz, lost_at timestamptz, since timestamptz not null);
create index feed_falls_late on feed_state (late_at) where state = 0;
create index feed_falls_lost on feed_state (lost_at) where state in (0, 1);

-- What each transaction touched, in commit order for the tail: read every row with xid >= the last snapshot's xmin.
-- Applying a row twice is harmless: the tail reloads current rows.
create table change (
    id bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    series int[] not null default '{}', reports text[] not null default '{}', feeds text[] not null default '{}',
    catalogue boolean not null default false,
    at timestamptz not null);
create index change_by_xid on change (xid);

-- Machine keys: only a SHA-256 of the token is kept.
create table machine_key (
    id uuid primary key, token_hash bytea not null unique, agency text not null, scopes text[] not null,
    created_at timestamptz not null, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz, label text not null);

-- Facts about this installation, e.g. illustrative=true after demonstration data was loaded.
create table installation (key text primary key, value text not null);
