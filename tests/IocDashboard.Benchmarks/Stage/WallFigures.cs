using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// Posts figures that the default wall shows: in turn a whole report (a revised monthly figure) and one measurement of a feed.
/// Each value differs from all before, so that it can be told apart on a screen.
/// </summary>
internal sealed class WallFigures(HttpClient reporter, HttpClient source, CatalogueSnapshot catalogue, string period) : IDisposable
{
    public const string ReportAgency = "SVHTTDL", FeedAgency = "PCQN";
    private const string ReportForm = "SVHTTDL-M", ReportIndicator = "DL01", Feed = "PCQN-RT", FeedIndicator = "CN06";

    private int _sent;

    public Dictionary<string, decimal> Last { get; } = new(StringComparer.Ordinal);

    /// <summary>The codes as tiles carry them.</summary>
    public static IReadOnlyList<string> Indicators => [ReportIndicator, FeedIndicator];

    public static async Task<WallFigures> CreateAsync(CentreDatabase database, ServerProcess server)
    {
        await using var host = await database.OpenAsync();
        var catalogue = host.Services.GetRequiredService<CatalogueCache>().Current;
        var month = TimeProvider.System.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        // Owed since before this installation began, as on any centre that has run for a while.
        await database.ExecuteAsync($"""
            insert into report (id, form, agency, period, time_key, opened_at, opens_at, due_at, state, punctuality, updated_at)
            select '{ReportForm}/{ReportAgency}/{month}', '{ReportForm}', '{ReportAgency}', '{month}', t, t, t, now() + interval '2 days', 0, 0, now()
            from (select '{month}-01'::timestamp at time zone 'Asia/Ho_Chi_Minh' as t) p
            """);
        return new(server.NewClient(database.Tokens[ReportAgency]), server.NewClient(database.Tokens[FeedAgency]), catalogue, month);
    }

    /// <summary>Returns when the centre has acknowledged, which it does after the commit.</summary>
    public async Task<(string Indicator, decimal Value, DateTimeOffset SentAt, DateTimeOffset AnsweredAt)> PostAsync()
    {
        var number = _sent++;
        var isReport = number % 2 == 0;
        var (indicator, value) = isReport ? (ReportIndicator, 2_000m + (number * 7)) : (FeedIndicator, 100m + (number * 0.1m));
        using var content = isReport ? Report(value) : JsonContent.Create(new object[]
        {
            new { indicator, area = Area.ProvinceCode, at = TimeProvider.System.GetUtcNow(), value },
        });
        await content.LoadIntoBufferAsync();
        var sentAt = TimeProvider.System.GetUtcNow();
        using var answer = isReport
            ? await reporter.PostAsync("/api/v1/submissions", content)
            : await source.PostAsync($"/api/v1/feeds/{Feed}/measurements", content);
        var answeredAt = TimeProvider.System.GetUtcNow();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{indicator}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        Last[$"{indicator}/{Area.ProvinceCode}"] = value;
        return (indicator, value, sentAt, answeredAt);
    }

    public void Dispose()
    {
        reporter.Dispose();
        source.Dispose();
    }

    private JsonContent Report(decimal value)
    {
        var values = catalogue.Forms[ReportForm].Indicators.SelectMany(column => column.Areas.Select(area => new
        {
            indicator = column.Code, area, value = column.Code == ReportIndicator ? value : Middle(catalogue.Indicators[column.Code]), status = "provisional",
        }));
        return JsonContent.Create(
            new { messageId = Guid.CreateVersion7(), form = ReportForm, agency = ReportAgency, period, complete = true, values },
            new MediaTypeHeaderValue("application/json"));
    }

    private static decimal Middle(Indicator indicator) => decimal.Round((indicator.PlausibleMin + indicator.PlausibleMax) / 2, indicator.Decimals);
}
