-- The newest complete submission of a report: what a verifier looks at, whatever draft came after it.
alter table report add column submitted_revision int not null default 0;
update report set submitted_revision = revision where submitted_at is not null;

-- Figures of that submission: cells with a value. One that says "missing" in every cell tells nothing and counts as none.
alter table report rename column values_accepted to figures;

-- A feed is registered with the instants at which its silence will break its rule.
alter table feed_state alter column late_at set not null, alter column lost_at set not null;
