-- A source that was lost: a row with each such event, until somebody was told or nobody needed to be.
create table feed_loss (
    feed text not null,
    lost_at timestamptz not null,                  -- when its rule was broken
    found_at timestamptz not null,
    told_at timestamptz, outcome smallint,         -- StepOutcome
    primary key (feed, lost_at));
create index feed_loss_untold on feed_loss (found_at) where told_at is null;

-- A report that was sent back twice has two days to mend it by: the step of each return stays. 0: a step of the ladder.
alter table report_step add column revision int not null default 0;
alter table report_step drop constraint report_step_pkey, add primary key (report, step, revision);

-- What was given up, and somebody has looked after otherwise: it is listed no more.
alter table notice add column dismissed_at timestamptz, add column dismissed_by text, add column dismiss_reason text;
