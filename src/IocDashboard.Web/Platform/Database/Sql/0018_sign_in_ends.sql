-- Logout tokens of the single sign-on that were taken: each ends sessions once. Kept until they would be too old anyway.
create table identity.logout_token (
    jti text primary key,
    until timestamptz not null);
create index logout_token_by_until on identity.logout_token (until);

-- Whoever comes by the single sign-on has no password: one given before would outlive what the provider says.
update identity.account a set "PasswordHash" = null, "MustChangePassword" = false, "ConcurrencyStamp" = gen_random_uuid()::text
where exists (select from identity.account_login l where l."UserId" = a."Id") and a."PasswordHash" is not null;
