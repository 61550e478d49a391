-- Under which id a letter went out: a bounce names it.
alter table notice add column message_id text;
create index notice_of_message on notice (message_id) where message_id is not null;

-- When the mailbox of bounces was last looked into, and why not; null where it was read.
create table bounce_check (one boolean primary key default true check (one), at timestamptz not null, error text,
    uid_validity bigint, last_uid bigint);   -- how far it was read
