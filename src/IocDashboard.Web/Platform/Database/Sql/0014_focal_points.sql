-- Officers whom agencies have named to the centre (article 9.3a; contacts public by Decree 47/2020, article 7). Days are the
-- province's. valid_until is the first day that no longer counts; equal to valid_from: taken back before it held.
create table focal_point (
    id uuid primary key,
    agency text not null,
    kind smallint not null,           -- FocalPointKind
    name text not null, position text not null, phone text not null, email text not null,
    valid_from date not null,
    valid_until date check (valid_until >= valid_from),
    recorded_by text not null, recorded_at timestamptz not null,
    ended_by text, ended_at timestamptz,
    succeeded_by uuid references focal_point deferrable initially deferred,
    check ((ended_by is null) = (ended_at is null)));

create index focal_point_by_agency on focal_point (agency, valid_from);
-- Overlaps are decided under a lock for each agency; this holds the worst of them off whatever writes.
create unique index focal_point_open_principal on focal_point (agency) where kind = 0 and valid_until is null;

create function focal_point_stays() returns trigger language plpgsql as
$$ begin
    if tg_op = 'UPDATE' and (new.id, new.agency, new.kind, new.name, new.position, new.phone, new.email, new.valid_from, new.recorded_by, new.recorded_at)
        is not distinct from (old.id, old.agency, old.kind, old.name, old.position, old.phone, old.email, old.valid_from, old.recorded_by, old.recorded_at) then return new;
    end if;
    raise exception 'a focal point is ended or succeeded, never changed or deleted' using errcode = 'restrict_violation';
end $$;

create trigger focal_point_stays before update or delete on focal_point for each row execute function focal_point_stays();
create trigger focal_point_stays_whole before truncate on focal_point for each statement execute function focal_point_stays();
