-- What the people of an agency type before a report is complete: as typed, readable or not. A sheet is there from its first cell
-- until it is sent; the history holds what was sent.
create table sheet (
    report text primary key references report,
    state smallint not null,              -- SheetState
    version bigint not null,              -- grows with each writing of any of its cells
    handed_by text, handed_at timestamptz,
    given_back text,                      -- why the head gave it back
    updated_at timestamptz not null);

create table sheet_cell (
    report text not null references sheet on delete cascade, indicator text not null, area text not null,
    content text not null, value numeric, status smallint, note text,
    version int not null,
    written_by text not null, written_at timestamptz not null,
    primary key (report, indicator, area));

-- Everything that was ever typed and no longer stands: written over, sent, or not taken because somebody else had been quicker.
create table sheet_cell_past (
    report text not null, indicator text not null, area text not null, version int not null,
    content text not null, value numeric, status smallint, note text,
    written_by text not null, written_at timestamptz not null,
    fate smallint not null,               -- 0 written over, 1 sent, 2 not taken
    until timestamptz not null);
create index sheet_cell_past_by_cell on sheet_cell_past (report, indicator, area, written_at desc);

-- Where the head of the agency sends its reports and nobody else does (articles 9.1, 11.2).
create table agency_setting (
    agency text primary key, head_approves boolean not null, set_by text not null, set_at timestamptz not null);
