-- Governance of the indicator set (articles 3.3, 7.1, 9.1c): what was proposed, what was decided, and what an indicator is from which day.

-- One row per proposal, with the last of its events; the events themselves are in history, stream proposal/ID.
create table indicator_proposal (
    id uuid primary key,
    change jsonb not null,             -- ChangeProposed
    state text not null check (state in ('Pending', 'Withdrawn', 'Approved', 'Refused')),
    withdrawn jsonb, decided jsonb,    -- ProposalWithdrawn, ProposalDecided
    proposed_at timestamptz not null);
create index indicator_proposal_by_time on indicator_proposal (proposed_at desc);

create function indicator_proposal_is_kept() returns trigger language plpgsql as
$$ begin
    if tg_op = 'UPDATE' then
        if (new.id, new.change, new.proposed_at) is not distinct from (old.id, old.change, old.proposed_at) and old.state = 'Pending' then return new; end if;
    end if;
    raise exception 'indicator_proposal keeps what was proposed and decided' using errcode = 'restrict_violation';
end $$;

create trigger indicator_proposal_is_kept before update or delete on indicator_proposal for each row execute function indicator_proposal_is_kept();
create trigger indicator_proposal_is_not_emptied before truncate on indicator_proposal for each statement execute function indicator_proposal_is_kept();

-- What an indicator is from a day on, until its next row begins. A code has one row a day, so no two agencies answer for one figure.
create table indicator_version (
    indicator text not null,
    from_day date not null,            -- in the province's zone
    kind text not null check (kind in ('Added', 'Revised', 'Retired')),
    body jsonb not null,               -- Indicator
    areas text[] not null,
    is_break boolean not null,         -- a new version of the series begins
    decision jsonb,                    -- Decision; null: imported before decisions were kept here
    proposal uuid references indicator_proposal,
    applied_at timestamptz,            -- null: decided, its day is still to come
    primary key (indicator, from_day));
create index indicator_version_to_come on indicator_version (from_day) where applied_at is null;

-- What is held already was there from the first day that its form was owed, a stream's from the first day of any form.
insert into indicator_version (indicator, from_day, kind, body, areas, is_break, decision, proposal, applied_at)
select i.body ->> 'Code', coalesce(c.assigned_from, f.first, current_date), 'Added', i.body, coalesce(c.areas, '{QNM}'), false, null, null, now()
from catalogue_item i
left join lateral (
    select (h.body ->> 'AssignedFrom')::date as assigned_from, array(select jsonb_array_elements_text(col -> 'Areas')) as areas
    from catalogue_item h cross join lateral jsonb_array_elements(h.body -> 'Indicators') col
    where (h.stream like 'form/%' or h.stream like 'feed/%') and col ->> 'Code' = i.body ->> 'Code' limit 1) c on true
cross join lateral (select min((h.body ->> 'AssignedFrom')::date) as first from catalogue_item h where h.stream like 'form/%') f
where i.stream like 'indicator/%';
