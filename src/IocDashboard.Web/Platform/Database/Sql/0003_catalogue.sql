-- The governed part of the catalogue as its latest events left it: the whole of it is read at each start.
create table catalogue_item (
    stream text primary key,          -- indicator/KT01, agency/SYT, form/SYT-W, feed/DKTTV-H
    sort int not null,                -- the register's order
    body jsonb not null);

-- First and last opened period of a form, for the job that opens obligations.
create index report_by_form on report (form, time_key);

-- The scheduler makes its own tables in it.
create schema if not exists quartz;
