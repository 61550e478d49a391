-- Who did what, from where, to what, with what outcome: appended only. Each row carries the hash of the one before it, so that
-- a row that was changed, added in between or taken out breaks the chain (./ioc audit verify).
create table audit_entry (
    seq bigint primary key,           -- 1, 2, 3 … without a gap
    at timestamptz not null,
    actor_kind text not null,         -- AuditActor
    actor text not null,
    agency text, address text, trace text,
    action text not null,             -- AuditActions
    subject text not null,
    outcome smallint not null,        -- AuditOutcome
    before json, after json,          -- json and not jsonb: the text is hashed as it was written
    previous bytea not null,
    hash bytea not null);

create index audit_by_action on audit_entry (action, seq desc);
create index audit_by_actor on audit_entry (actor, seq desc);
create index audit_by_instant on audit_entry (at);

create function audit_entry_is_final() returns trigger language plpgsql as
$$ begin raise exception 'audit_entry takes nothing but new rows' using errcode = 'restrict_violation'; end $$;

create trigger audit_entry_is_final before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_is_final();
