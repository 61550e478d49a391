-- What one person typed and another typed over, or that was not taken because somebody else had been quicker: as of sheets' cells.
create table data_request_draft_past (
    number text not null, agency text not null, question text not null, version int not null,
    content text not null, value numeric, note text,
    written_by text not null, written_at timestamptz not null,
    not_taken boolean not null,
    until timestamptz not null,
    foreign key (number, agency) references data_request_agency);
create index data_request_draft_past_by_question on data_request_draft_past (number, agency, question, written_at desc);
