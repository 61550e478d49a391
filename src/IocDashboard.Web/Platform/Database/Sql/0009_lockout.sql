-- How often in a row an account was locked: each time for twice as long.
alter table identity.account add column "LockCount" integer not null default 0;
