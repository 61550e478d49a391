-- A source that was lost: a row with each such event, until somebody was told or nobody needed to be.
create table feed_loss (
    feed text not null,
    lost_at timestamptz not null,                  -- when its rule was broken
    found_at timestamptz not null,
    told_at timestamptz, outcome smallint,         -- StepOutcome
    primary key (feed, lost_at));
create index feed_loss_untold on feed_loss (found_at) where told_at is null;
