-- A step's own words, with placeholders; null: the built-in ones.
alter table notice add texts jsonb;

-- A letter that does not go out together with others of its address.
alter table notice add alone boolean not null default false;

create index notice_of_address on notice (address, id) where channel = 1 and sent_at is null and failed_at is null;
create index notice_to_post on notice (send_at) where channel = 2 and sent_at is null and failed_at is null;
create index notice_waiting on notice (channel, send_at, id) where channel <> 0 and sent_at is null;
create index notice_unread on notice (reader) where channel = 0 and read_at is null;

-- Where a body's notices are posted to. Its secret is kept under the data-protection keys: a signature needs the secret itself.
create table webhook (
    id uuid primary key, agency text not null,   -- empty: the province, which is told of everything
    url text not null, secret text not null,
    created_by text not null, created_at timestamptz not null, ended_by text, ended_at timestamptz);
create index webhook_open on webhook (agency) where ended_at is null;

-- Letters that people sent to themselves, to keep them few on however many nodes.
create table test_letter (account text not null, at timestamptz not null);
create index test_letter_by_account on test_letter (account, at);
