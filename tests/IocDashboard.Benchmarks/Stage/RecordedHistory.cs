using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// Two years of recording, made by SQL in the shape that the write path leaves: every period of each reported series with its
/// lag, one in five revised weeks later; streams fill up to the number of rows asked for, one in twenty measurements corrected
/// an hour later; <c>head</c> as it was when the row was recorded. Obligations of the same two years stand beside them.
/// </summary>
internal static class RecordedHistory
{
    /// <returns>How many rows there are.</returns>
    public static async Task<long> WriteAsync(CentreDatabase database, CatalogueSnapshot catalogue, long observations)
    {
        var series = catalogue.SeriesById.Values.Select(s => string.Create(CultureInfo.InvariantCulture,
            $"({s.Id}, '{Letter(catalogue.Indicators[s.Indicator].Rhythm)}')"));
        await database.ExecuteAsync($"""
            create table bench_series (id int, rhythm text);
            insert into bench_series values {string.Join(',', series)};
            create table bench_row as
            select s.id as series_id, p as time_key, s.rhythm, v.revision,
                   p + r.length + (random() * interval '3 days') + (v.revision - 1) * (interval '10 days' + random() * interval '30 days') as recorded_at
            from bench_series s
            join (values ('D', interval '1 day'), ('W', interval '7 days'), ('M', interval '1 month'), ('Q', interval '3 months'), ('S', interval '6 months'), ('Y', interval '1 year'))
                r (rhythm, length) on r.rhythm = s.rhythm
            cross join generate_series(date_trunc('month', now()) - interval '24 months', now() - r.length - interval '3 days', r.length) p
            cross join lateral (select 1 as revision union all select 2 where random() < 0.2) v
            """);
        var reported = await database.CountAsync("select count(*) from bench_row");
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            insert into bench_row
            select s.id, m.at, 'I', v.revision, m.at + random() * interval '5 seconds' + (v.revision - 1) * interval '1 hour'
            from bench_series s
            cross join (select greatest(1, {observations - reported} / 1.05 / greatest(1, (select count(*) from bench_series where rhythm = 'I'))) as each) n
            cross join lateral generate_series(now() - interval '24 months', now() - interval '2 hours', interval '24 months' / n.each) m (at)
            cross join lateral (select 1 as revision union all select 2 where random() < 0.05) v
            where s.rhythm = 'I' and {observations - reported} > 0
            """));
        await database.ExecuteAsync("""
            delete from bench_row where recorded_at > now();
            set work_mem = '256MB';
            insert into observation (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at)
            select series_id, time_key, rhythm::"char", revision, round((random() * 1000)::numeric, 2), 1, 0,
                   time_key >= max(time_key) over (partition by series_id order by recorded_at, time_key, revision rows unbounded preceding),
                   row_number() over (order by recorded_at), recorded_at
            from bench_row;
            drop table bench_row, bench_series;
            """);
        await WriteReportsAsync(database);
        await database.ExecuteAsync("vacuum analyze");
        return await database.CountAsync("select count(*) from observation");
    }

    private static Task WriteReportsAsync(CentreDatabase database) => database.ExecuteAsync("""
        insert into report (id, form, agency, period, time_key, opened_at, opens_at, due_at, lock_at, state, punctuality, overdue_since, submitted_at, revision, updated_at)
        select f.form || '/' || f.agency || '/' || to_char(p, f.pattern), f.form, f.agency, to_char(p, f.pattern),
               p, p, p, due, due + interval '90 days', case when late then 0 else 2 end, case when late then 3 else 1 end,
               case when late then due end, case when not late then due - interval '3 hours' end, case when late then 0 else 1 end, now()
        from (select split_part(stream, '/', 2) as form, body->>'Agency' as agency,
                     case when stream like '%-D' then 'YYYY-MM-DD' else 'YYYY-MM' end as pattern,
                     case when stream like '%-D' then interval '1 day' else interval '1 month' end as step
              from catalogue_item where stream like 'form/%-D' or stream like 'form/%-M') f
        cross join generate_series(date_trunc('month', now()) - interval '24 months', now(), f.step) p
        cross join lateral (select p + f.step + interval '1 day' as due, random() < 0.05 as late) d
        on conflict do nothing
        """);

    private static string Letter(Rhythm rhythm) => rhythm.IsStreamed() ? "I" : rhythm.Code();
}
