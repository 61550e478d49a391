-- Windows in which a source is silent on purpose: what was known when. One of a source holds or is planned at a time.
create table feed_pause (
    id uuid primary key,
    feed text not null, begins_at timestamptz not null, until timestamptz not null, -- as it was stated, exclusive
    kind smallint not null,                        -- PauseKind
    reason text not null, by text not null, at timestamptz not null,
    short_notice boolean not null,                 -- announced later than Decree 47/2020 article 43 asks for
    ended_by text, ended_at timestamptz);          -- before its time, or before it began
create index feed_pause_of_feed on feed_pause (feed, at desc);
create index feed_pause_until on feed_pause (until);

-- Those that its limits are reckoned with, and what the limits would be without them: written with the feed's state.
alter table feed_state add column pauses jsonb, add column plain_late_at timestamptz, add column plain_lost_at timestamptz;
