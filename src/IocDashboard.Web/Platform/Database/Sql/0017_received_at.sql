-- When this revision of the figure was recorded. A row that only verifies or returns a revision is recorded later and says so in
-- recorded_at, by which as-of reads go; it makes the figure no younger. Null: this row is the revision's first.
alter table observation add column received_at timestamptz;

update observation o set received_at = f.first
from (
    select series_id, time_key, rhythm, revision, min(recorded_at) as first
    from observation where rhythm <> 'I'
    group by series_id, time_key, rhythm, revision having count(*) > 1) f
where o.series_id = f.series_id and o.time_key = f.time_key and o.rhythm = f.rhythm and o.revision = f.revision and o.recorded_at > f.first;

alter table current_value add column received_at timestamptz;
update current_value c set received_at = coalesce((
    select o.received_at from observation o
    where o.series_id = c.series_id and o.time_key = c.time_key and o.rhythm = c.rhythm and o.revision = c.revision
    order by o.seq desc limit 1), c.recorded_at);
alter table current_value alter column received_at set not null;

alter type head_row add attribute received_at timestamptz;
