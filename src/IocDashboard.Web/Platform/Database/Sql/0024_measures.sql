-- What the measures count by: instants that are written once, so that a rate as of an instant never changes afterwards.
alter table report add column settled_at timestamptz, add column opened_at timestamptz;
update report set settled_at = submitted_at where figures > 0;
do $$ begin
    if to_regclass('history.mt_events') is not null then
        update report r set opened_at = (e.data ->> 'OpenedAt')::timestamptz from history.mt_events e where e.stream_id = r.id and e.type = 'report_opened';
    end if;
end $$;
update report set opened_at = least(opens_at, updated_at) where opened_at is null;
alter table report alter column opened_at set not null;
