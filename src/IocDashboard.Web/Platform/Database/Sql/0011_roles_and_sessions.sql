-- What an account may do, from when to when and by whose word (article 1.2 of the regulation): half-open, ended and never deleted.
create table identity.role_assignment (
    id uuid primary key,
    account text not null references identity.account ("Id"),
    role text not null,
    valid_from timestamptz not null, valid_to timestamptz,
    source text not null,             -- local, or sso: what the provincial single sign-on last said
    reason text not null default '',
    granted_by text not null, granted_at timestamptz not null,
    ended_by text, ended_at timestamptz,
    check (valid_to is null or valid_to >= valid_from));
create index role_assignment_by_account on identity.role_assignment (account);

insert into identity.role_assignment (id, account, role, valid_from, source, granted_by, granted_at)
select gen_random_uuid(), h."UserId", r."Name", now(), 'local', 'migration', now()
from identity.account_role h join identity.role r on r."Id" = h."RoleId";
drop table identity.account_role, identity.role_claim, identity.role;

alter table identity.account
    add column "FullName" character varying(160) not null default '',
    add column "OpenedAt" timestamptz not null default now(),  -- made, or opened again
    add column "PasswordSetAt" timestamptz not null default now(),
    add column "LastSignInAt" timestamptz,
    add column "ClosedAt" timestamptz,
    add column "ClosedWhy" text;      -- unused, or a person's words

-- One row per sign-in. A session that is idle for too long, ended or closed opens nothing any more.
create table identity.session (
    id uuid primary key,
    account text not null references identity.account ("Id"),
    method text not null,             -- SignInMethods
    is_strong boolean not null,       -- with a second factor, or a passkey that is two
    started_at timestamptz not null, last_active_at timestamptz not null,
    ended_at timestamptz, ended_why text,
    address text, agent text);
create index session_by_account on identity.session (account, started_at desc);
