-- What the working calendar said, and when: a day that is entered otherwise is a further row, so that a board as of an instant is
-- judged by the calendar that was known then. What a centre begins with holds for all time before.
alter table calendar_day add column recorded_at timestamptz not null default '1970-01-01';
alter table calendar_day alter column recorded_at drop default;
alter table calendar_day drop constraint calendar_day_pkey, add primary key (day, recorded_at);
