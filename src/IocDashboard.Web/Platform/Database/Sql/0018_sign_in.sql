-- Logout tokens of the single sign-on that were taken: each ends sessions once. Kept until they would be too old anyway.
create table identity.logout_token (
    jti text primary key,
    until timestamptz not null);
create index logout_token_by_until on identity.logout_token (until);

-- Whoever comes by the single sign-on has no password: one given before would outlive what the provider says.
update identity.account a set "PasswordHash" = null, "MustChangePassword" = false, "ConcurrencyStamp" = gen_random_uuid()::text
where exists (select from identity.account_login l where l."UserId" = a."Id") and a."PasswordHash" is not null;

-- A refused sign-in with a name that nobody has writes a row here, as one with a wrong password writes its account's: the time
-- that an answer takes must not tell the two apart. Which row, says a hash of the name; nobody reads them.
create table identity.nobodys_failure (
    row int primary key,
    failures bigint not null default 0);
insert into identity.nobodys_failure (row) select generate_series(0, 1023);
