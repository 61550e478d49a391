using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Reading;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Live.Board;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Reporting;

/// <summary>To verify a figure says something of it and makes it no younger. </summary>
[Collection(ReadingCentre.Name)]
public sealed class VerifiedFigureTests(Centre centre)
{
    [Fact]
    public async Task Figure_VerifiedHoursLater_KeepsItsInstantOfRecording()
    {
        var (message, recorded, between, verified) = await VerifyAsync();

        var now = (await centre.ReadAsync(Of(message))).Items().ShouldHaveSingleItem();
        var then = (await centre.ReadAsync($"{Of(message)}&asOf={Text(between)}")).Items().ShouldHaveSingleItem();
        var history = await centre.AllAsync($"{Of(message)}&includeHistory=true");

        ((string?)now["verification"], At(now, "recordedAt"), At(now, "updatedAt")).ShouldBe(("verified", recorded, verified));
        ((string?)then["verification"], At(then, "recordedAt"), At(then, "updatedAt")).ShouldBe(("unverified", recorded, recorded));
        // One revision is one item, as it last stood.
        history.ShouldHaveSingleItem().ToJsonString().ShouldBe(now.ToJsonString());
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Figure_Verified_ComesAgainToACopyThatIsKeptUpToDate()
    {
        var (message, _, between, _) = await VerifyAsync();

        foreach (var history in new[] { "false", "true" })
        {
            var updates = await centre.AllAsync($"{Of(message)}&updatedAfter={Text(between)}&includeHistory={history}");
            ((string?)updates.ShouldHaveSingleItem()["verification"]).ShouldBe("verified");
        }
    }

    [Fact]
    public async Task Board_NowAndThen_CountsTheFiguresAgeFromItsRecording()
    {
        var (message, recorded, between, verified) = await VerifyAsync();
        var value = message["values"]![0]!;
        var (indicator, area) = ((string)value["indicator"]!, (string)value["area"]!);
        var boards = centre.Host.Services.GetRequiredService<AsOfBoards>();

        var live = (await centre.Host.Services.GetRequiredService<BoardLoader>().LoadAsync(centre.Catalogue, CancellationToken.None)).Find(indicator, area)!;
        var past = (await boards.ReadAsync(between, CancellationToken.None)).Find(indicator, area)!;
        var after = (await boards.ReadAsync(verified, CancellationToken.None)).Find(indicator, area)!;

        (live.Verification, live.AgeFrom).ShouldBe((VerificationState.Verified, recorded));
        (past.Verification, past.AgeFrom).ShouldBe((VerificationState.Unverified, recorded));
        (after.Verification, after.AgeFrom).ShouldBe((VerificationState.Verified, recorded));
    }

    /// <summary>A weekly report, verified more than five hours after it came; each time of a later week, due and not yet locked.</summary>
    private async Task<(JsonObject Message, DateTimeOffset Recorded, DateTimeOffset Between, DateTimeOffset Verified)> VerifyAsync()
    {
        var form = centre.Catalogue.FormList.First(f => f.Rhythm == Domain.Catalogue.Rhythm.Weekly && f.Indicators.Length > 0);
        var message = centre.Message(form, ReportingPeriod.Containing(Domain.Catalogue.Rhythm.Weekly, new DateOnly(2026, 9, 28).AddDays(7 * Interlocked.Increment(ref _week))).ToString());
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var recorded = At((await centre.ReadAsync(Of(message))).Items()[0], "recordedAt");
        var between = recorded.AddHours(2);
        var outcome = await centre.Host.Services.GetRequiredService<VerifyReportHandler>()
            .Handle(Centre.ReportOf(message), new VerifyReport(1, "operator", recorded.AddHours(5.5)), CancellationToken.None);
        outcome.Accepted.ShouldBeTrue();
        return (message, recorded, between, recorded.AddHours(5.5));
    }

    private static int _week;

    private static string Of(JsonNode message)
    {
        var value = message["values"]![0]!;
        return $"observations?indicator={value["indicator"]}&area={value["area"]}&from={message["period"]}&to={message["period"]}";
    }

    private static DateTimeOffset At(JsonNode item, string name) => DateTimeOffset.Parse((string)item[name]!, CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) => Uri.EscapeDataString(instant.ToString("O", CultureInfo.InvariantCulture));
}
