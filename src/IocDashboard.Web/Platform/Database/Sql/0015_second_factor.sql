-- A code of an authenticator app is taken once: its time step, or a later one, never again.
alter table identity.account add column "LastCodeStep" bigint not null default 0;

-- Passkeys, with the names that the store of ASP.NET Core Identity expects (AccountsContext).
create table identity.account_passkey (
    "CredentialId" bytea not null,
    "UserId" text not null,
    "Data" jsonb not null,
    "LastUsedAt" timestamptz,
    constraint "PK_account_passkey" primary key ("CredentialId"),
    constraint "FK_account_passkey_account_UserId" foreign key ("UserId") references identity.account ("Id") on delete cascade);
create index "IX_account_passkey_UserId" on identity.account_passkey ("UserId");

-- When somebody last proved in this session that they are the account's owner, before a change of how they sign in.
alter table identity.session add column proved_at timestamptz;
