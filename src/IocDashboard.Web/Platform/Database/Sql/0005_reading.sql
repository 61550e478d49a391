-- What was recorded since an instant, in the order of recording: see Features/Observations/FindUpdates.cs.
create index observation_by_recording on observation (recorded_at, seq);

-- Obligations by state, in the order of their due instants: what is locked is the long past.
create index report_unlocked on report (due_at, id) where state <> 5;
