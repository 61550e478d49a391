-- Rules by which the content of reports is judged (article 9.1a). A rule is proposed, tried on the past, switched on and off; what it
-- says never changes and no rule is deleted: the audit trail names rules by their codes.
create table judgement_rule (
    code text primary key,
    body jsonb not null,                                   -- JudgementRule
    state text not null check (state in ('Trial', 'On', 'Off')),
    since timestamptz not null,                            -- of a rule that is on it may lie ahead
    decided_by text not null, reason text not null,
    proposed_by text not null, proposed_at timestamptz not null);

create function judgement_rule_is_kept() returns trigger language plpgsql as
$$ begin
    if tg_op = 'UPDATE' then
        if (new.code, new.body, new.proposed_by, new.proposed_at) is not distinct from (old.code, old.body, old.proposed_by, old.proposed_at) then return new; end if;
    end if;
    raise exception 'judgement_rule keeps what was proposed' using errcode = 'restrict_violation';
end $$;

create trigger judgement_rule_is_kept before update or delete on judgement_rule for each row execute function judgement_rule_is_kept();
create trigger judgement_rule_is_not_emptied before truncate on judgement_rule for each statement execute function judgement_rule_is_kept();
