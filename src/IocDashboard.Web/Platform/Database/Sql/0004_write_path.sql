-- The rows of current_value that one message changes, sent as one parameter: see Features/Observations/HeadRows.cs.
create type head_row as (
    series_id int,
    time_key timestamptz,
    rhythm "char",
    revision int,
    value numeric,
    status smallint,
    verification smallint,
    seq bigint,
    recorded_at timestamptz,
    note text,
    recent_keys timestamptz[],
    recent_values numeric[]);
