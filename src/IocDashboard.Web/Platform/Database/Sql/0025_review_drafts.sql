-- What one verifier has decided on cells of a submission before the report is decided as a whole: theirs alone, nobody relies on it.
-- It holds for this revision in this state; what has become of the report since is told when it is opened again.
create table review_draft (
    report text not null references report, person text not null,
    revision int not null, state smallint not null,   -- ReportState
    cells jsonb not null,                 -- DraftedCell[]
    mend_by timestamptz,
    written_at timestamptz not null,
    primary key (report, person));
create index review_draft_by_person on review_draft (person, written_at);
