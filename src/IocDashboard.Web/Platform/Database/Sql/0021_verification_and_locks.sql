-- What the centre has set for a form: when it opens and locks, how many must verify it. A form without a row has the usual terms.
create table form_setting (
    form text primary key,
    opens_days int not null,              -- after the first day that the period covers; below 0: before it
    lock_days int,                        -- after the deadline; 0: never; null: as usual for its rhythm
    verifiers smallint not null,          -- 1, or 2 for four eyes
    reason text not null, set_by text not null, set_at timestamptz not null);

-- A row as long as a source is trusted: its measurements are verified by rule. What was before is on the audit trail.
create table feed_trust (
    feed text primary key, trusted_by text not null, trusted_since timestamptz not null, reason text not null);

-- Exceptions from a lock; the event on the report's stream is the truth, this is what lists them.
create table lock_exception (
    id uuid primary key,
    report text not null references report, form text not null, agency text not null, period text not null,
    authority text not null, reason text not null, until timestamptz not null,
    recorded_by text not null, recorded_at timestamptz not null,
    ended_by text, ended_at timestamptz);
create index lock_exception_by_end on lock_exception (until desc);
create index lock_exception_by_report on lock_exception (report, recorded_at desc);

-- Who has taken a submission on to verify it; the next submission is anybody's again.
create table review_claim (
    report text primary key references report, revision int not null, claimed_by text not null, claimed_at timestamptz not null);

alter table report
    add submitted_by text,                -- of the newest complete submission
    add prepared_by text,
    add checked_by text,                  -- the first of two verifiers
    add mend_by timestamptz,              -- while it is returned
    add returns int not null default 0,
    add extended_to timestamptz,          -- end of the lock exception
    add locked_from smallint,             -- ReportState before the lock
    add flags int;                        -- warnings of the newest complete submission; null: not judged by this version

-- An exception moves the instant at which a report locks.
drop index report_locks;
create index report_locks on report ((greatest(lock_at, extended_to))) where state <> 5;
create index report_to_verify on report (due_at, id) where state = 2;

-- What reports from before this version can tell of themselves.
do $$
begin
    if to_regclass('history.mt_events') is null then return; end if;
    update report r set submitted_by = e.submitted_by, prepared_by = e.prepared_by
    from (select distinct on (stream_id) stream_id, data ->> 'SubmittedBy' submitted_by, data ->> 'PreparedBy' prepared_by
          from history.mt_events where type = 'report_submitted' and (data ->> 'Complete')::boolean
          order by stream_id, version desc) e
    where r.id = e.stream_id;
    update report r set returns = e.returns
    from (select stream_id, count(*)::int returns from history.mt_events where type = 'report_returned' group by stream_id) e
    where r.id = e.stream_id;
    update report r set locked_from = coalesce(
        (select case e.type when 'report_verified' then 4 when 'report_returned' then 3 when 'report_submitted' then 2 else 1 end
         from history.mt_events e
         where e.stream_id = r.id and (e.type in ('report_verified', 'report_returned')
             or e.type = 'report_submitted' and ((e.data ->> 'Complete')::boolean or r.submitted_at is null) or e.type = 'report_draft_begun' and r.submitted_at is null)
         order by (e.type = 'report_draft_begun' or r.submitted_at is null), e.version desc limit 1), 0)
    where r.state = 5;
    update report set locked_from = 1 where state = 5 and submitted_at is null and locked_from = 2;
end $$;
