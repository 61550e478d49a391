-- A password that somebody else set opens nothing but the page that changes it.
alter table identity.account add column "MustChangePassword" boolean not null default false;
