-- How each job of the schedule last ran, on whatever node: one row a job, written over and over, so that a job of every second costs
-- no growth. No other index, and room on the page: each write stays on its page.
create table job_run (
    job text primary key,
    node text not null, started_at timestamptz not null, ended_at timestamptz not null,
    outcome smallint not null,                     -- JobOutcome
    failures int not null, failing_since timestamptz, -- in a row; a run that was stopped counts neither way
    failed_at timestamptz, error text,             -- the last failure, kept when later runs succeed
    succeeded_at timestamptz)
with (fillfactor = 20);
