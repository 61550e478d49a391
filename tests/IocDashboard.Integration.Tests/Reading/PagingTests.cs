using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Reading;

/// <summary>Any question, in pages of any size, is answered as if the whole table were sorted at once.</summary>
[Collection(ReadingCentre.Name)]
public sealed class PagingTests(Centre centre)
{
    private static readonly DateTimeOffset Begin = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Pages_OfAnyQuestion_AddUpToTheWholeAnswer(int seed)
    {
        var random = new Random(seed);
        var all = await FillAsync(random, seed);
        var series = all.Select(r => r.Series).Distinct().OrderBy(s => s.Indicator, StringComparer.Ordinal).ThenBy(s => s.Area, StringComparer.Ordinal).ToList();
        for (var i = 0; i < 25; i++)
        {
            var question = new ObservationQuestion(
                series, Maybe(random, 200), Maybe(random, 200), Maybe(random, 400), random.Next(2) == 0, null, random.Next(1, 60), null);

            var pages = await PagesAsync(question);

            pages.ShouldBe(Expected(all, question, series), $"seed {seed}, question {question with { Series = [] }}");
        }
    }

    private async Task<List<ObservationRow>> PagesAsync(ObservationQuestion question)
    {
        var find = centre.Host.Services.GetRequiredService<FindObservations>();
        var answer = new List<ObservationRow>();
        while (true)
        {
            var (rows, more) = await find.Handle(question, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
            answer.AddRange(rows);
            if (!more) return answer;
            rows.Count.ShouldBe(question.Limit);
            question = question with { After = rows[^1].Place };
        }
    }

    private static List<ObservationRow> Expected(List<ObservationRow> all, ObservationQuestion question, List<Series> series)
    {
        var known = all.Where(r => r.RecordedAt <= (question.AsOf ?? DateTimeOffset.MaxValue)
            && r.TimeKey >= (question.From ?? DateTimeOffset.MinValue) && r.TimeKey < (question.Before ?? DateTimeOffset.MaxValue));
        known = known.GroupBy(r => (r.Series, r.TimeKey, r.Revision)).Select(g => g.MaxBy(r => r.Seq)!);
        if (!question.History) known = known.GroupBy(r => (r.Series, r.TimeKey)).Select(g => g.MaxBy(r => r.Revision)!);
        return [.. known.OrderBy(r => series.IndexOf(r.Series)).ThenByDescending(r => r.TimeKey).ThenByDescending(r => r.Revision).ThenByDescending(r => r.Seq)];
    }

    /// <summary>Rows of four series that nothing else writes: days of 2021 with one revision, or a few, or more than a page holds.</summary>
    private async Task<List<ObservationRow>> FillAsync(Random random, int seed)
    {
        var rows = new List<ObservationRow>();
        var seq = (10_000_000L * seed) + 1;
        foreach (var area in new[] { "TKY", "HAN", "DLC", "NSN" }.Skip(random.Next(2)))
        {
            // One indicator a seed, so that the cases do not see each other.
            var series = centre.Catalogue.SeriesByKey[(new[] { "GD01", "LX01", "LX05", "MT06" }[seed - 1], area)];
            foreach (var day in Enumerable.Range(0, 120).Where(_ => random.Next(3) == 0))
            {
                var time = Begin.AddDays(day);
                var recorded = time.AddHours(9);
                var revisions = random.Next(8) switch { 0 => random.Next(20, 45), 1 => random.Next(2, 6), _ => 1 };
                for (var revision = 1; revision <= revisions; revision++)
                {
                    // Now and then verified, which is a further row of the same revision, and recorded later.
                    var received = recorded;
                    for (var again = 0; again <= (random.Next(5) == 0 ? 1 : 0); again++)
                    {
                        rows.Add(new(series, time, 'D', revision, revision, ObservationStatus.Provisional, (VerificationState)again, received, recorded, seq++, Note: null));
                        recorded = recorded.AddHours(random.Next(1, 30));
                    }
                }
            }
        }

        await using var import = await OpenImportAsync();
        foreach (var row in rows)
        {
            await import.StartRowAsync();
            await import.WriteAsync(row.Series.Id);
            await import.WriteAsync(row.TimeKey);
            await import.WriteAsync(row.Rhythm, NpgsqlTypes.NpgsqlDbType.InternalChar);
            await import.WriteAsync(row.Revision);
            await import.WriteAsync(row.Value!.Value);
            await import.WriteAsync((short)row.Status);
            await import.WriteAsync((short)row.Verification);
            await import.WriteAsync(true);
            await import.WriteAsync(row.Seq);
            await import.WriteAsync(row.RecordedAt);
            if (row.ReceivedAt == row.RecordedAt) await import.WriteNullAsync();
            else await import.WriteAsync(row.ReceivedAt);
            await import.WriteNullAsync();
        }

        await import.CompleteAsync();
        return rows;
    }

    private async Task<NpgsqlBinaryImporter> OpenImportAsync()
    {
        var connection = await centre.Host.Database.OpenConnectionAsync();
        return await connection.BeginBinaryImportAsync(
            "copy observation (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at, received_at, note) from stdin (format binary)");
    }

    private static DateTimeOffset? Maybe(Random random, int days) => random.Next(2) == 0 ? null : Begin.AddDays(random.Next(days)).AddHours(random.Next(24));
}
