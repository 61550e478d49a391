-- Who looked through everybody's rights when (level 3, TCVN 11930: half-yearly), and what there was to see. Only added to.
create table rights_review (
    id uuid primary key,
    as_of timestamptz not null,       -- the rights were looked at as they stood then
    reviewed_at timestamptz not null, reviewed_by text not null, agency text,
    people integer not null, roles integer not null,
    given integer not null, ended integer not null,  -- since the review before
    remarks text not null default '');
create index rights_review_by_instant on rights_review (as_of desc);
