-- Who may read which indicator of class specific, from when to when (article 2; Decree 47/2020, articles 36–38). Rows are ended,
-- never deleted: the register tells who could read what at any instant.
create table sharing_agreement (
    id uuid primary key,
    indicator text not null, reader text not null,        -- codes of the indicator and of the agency that reads
    valid_from timestamptz not null, valid_to timestamptz, -- half-open
    document text not null,                                -- its number and date
    recorded_by text not null, recorded_at timestamptz not null,
    ended_by text, ended_at timestamptz,
    check (valid_to > valid_from), check ((ended_by is null) = (ended_at is null)));

create function sharing_agreement_is_kept() returns trigger language plpgsql as
$$ begin raise exception 'sharing_agreement keeps what was agreed' using errcode = 'restrict_violation'; end $$;

create trigger sharing_agreement_is_kept before delete or truncate on sharing_agreement
    for each statement execute function sharing_agreement_is_kept();

-- A screen sees what the agency of the person who paired it sees.
alter table display add column agency text;
update display set agency = a."Agency" from identity.account a where a."UserName" = display.paired_by;
