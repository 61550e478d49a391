-- Screens that may show the wall: each holds a credential of its own, of which only a SHA-256 is kept.
create table display (
    id uuid primary key, name text not null, place text not null default '',
    token_hash bytea unique,          -- null until the screen has fetched its credential
    paired_at timestamptz not null, paired_by text not null,
    revoked_at timestamptz, last_seen_at timestamptz);

-- Screens that wait to be paired, for ten minutes. The secret is the screen's own; the code is what an operator types.
create table display_pairing (
    id uuid primary key, code text not null, secret_hash bytea not null,
    created_at timestamptz not null, expires_at timestamptz not null, address text,
    display uuid references display, collected_at timestamptz);
create unique index display_pairing_code on display_pairing (code);
