using System.Globalization;
using System.Net;
using System.Text;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Live;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace IocDashboard.Integration.Tests.Sharing;

/// <summary>Each way that a figure leaves the centre by, for each kind of reader.</summary>
public sealed class WaysOutTests(SpecificCentre centre) : IClassFixture<SpecificCentre>
{
    private static readonly string[] Blind = [SpecificCentre.Stranger, SpecificCentre.Late, SpecificCentre.Ended, "IOC", "QTI", "UBND"];

    [Theory]
    [InlineData("/api/v1/observations?agency=PCQN&limit=1000", null, "CN06", "317.9", "PCQN")]
    [InlineData("/api/v1/observations?agency=PCQN&limit=1000&includeHistory=true", null, "CN06", "317.9", "PCQN")]
    [InlineData("/api/v1/observations?agency=PCQN&updatedAfter=2020-01-01T00:00:00Z", null, "CN06", "317.9", "PCQN")]
    [InlineData("/api/v1/observations?agency=PCQN", "text/csv", "CN06", "317.9", "PCQN")]
    [InlineData("/api/v1/observations?agency=PCQN", "application/vnd.sdmx.data+csv", "CN06", "317.9", "PCQN")]
    [InlineData("/api/v1/indicators?limit=1000", null, "\"CN06\"", "\"YT06\"", "PCQN")]
    [InlineData("/api/v1/feeds?agency=PCQN", null, "CN06", "CN06", "PCQN")]
    [InlineData("/api/v1/forms?agency=SYT", null, "YT06", "YT06", "SYT")]
    [InlineData("/api/v1/reports/SYT-D/SYT/{day}", null, "YT06", "YT06", "SYT")]
    public async Task Api_TellsASpecificIndicator_OnlyToItsAgencyAndToWhoeverHasAnAgreement(string path, string? accept, string code, string value, string own)
    {
        path = path.Replace("{day}", centre.Day, StringComparison.Ordinal);
        foreach (var reader in Blind)
        {
            var (status, text) = await centre.ReadAsync(reader, path, accept);
            status.ShouldBe(HttpStatusCode.OK, reader);
            text.ShouldNotContain(code, customMessage: reader);
            text.ShouldNotContain(value, customMessage: reader);
        }

        foreach (var reader in new[] { SpecificCentre.Guest, own })
        {
            var (status, text) = await centre.ReadAsync(reader, path, accept);
            status.ShouldBe(HttpStatusCode.OK, reader);
            text.ShouldContain(code, customMessage: reader);
        }
    }

    [Fact]
    public async Task Api_AskedForAHiddenIndicator_AnswersAsForOneThatDoesNotExist()
    {
        var hidden = await centre.ReadAsync(SpecificCentre.Stranger, "/api/v1/observations?indicator=CN06");
        var invented = await centre.ReadAsync(SpecificCentre.Stranger, "/api/v1/observations?indicator=CN99");

        hidden.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Told(hidden.Text, "CN06").ShouldBe(Told(invented.Text, "CN99"));
        (await centre.ReadAsync(SpecificCentre.Guest, "/api/v1/observations?indicator=CN06")).Text.ShouldContain("317.9");

        static string Told(string text, string code) =>
            System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "").Replace(code, "?", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submission_OfAHiddenIndicator_IsRefusedAsOfOneThatDoesNotExist()
    {
        var form = centre.Catalogue.FormList.First(f => f.Agency == SpecificCentre.Stranger);
        var period = ReportingPeriod.Containing(form.Rhythm, ReportingPeriod.Parse(centre.Day).FirstDay).ToString();

        (await TriedAsync("YT06")).ShouldBe((await TriedAsync("YT99")).Replace("YT99", "YT06", StringComparison.Ordinal));
        (await TriedAsync("YT06")).ShouldContain("unknown-indicator");
        (await TriedAsync("YT02")).ShouldContain("indicator-not-in-form");

        async Task<string> TriedAsync(string indicator)
        {
            var message = Messages.Submission(centre.Catalogue, form, period);
            message["values"]![0]!["indicator"] = indicator;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions?dryRun=true") { Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", await centre.TokenAsync(SpecificCentre.Stranger, KeyScopes.Submit));
            using var answer = await centre.Host.Client.SendAsync(request);
            return string.Concat((await Answer.ReadAsync(answer)).Json["errors"]!.AsArray().Select(e => e!.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("/wall")]
    [InlineData("/wall?lang=vi&asOf={now}")]
    [InlineData("/console/indicators/CN06")]
    [InlineData("/console/indicators/CN06?asOf={now}")]
    public async Task Page_ShowsASpecificIndicator_OnlyToItsAgencyAndToWhoeverHasAnAgreement(string path)
    {
        path = path.Replace("{now}", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await Task.Delay(1100);
        foreach (var reader in Blind)
        {
            var (_, text) = await centre.OpenAsync(reader, path);
            text.ShouldNotContain("317,9", customMessage: reader);
            text.ShouldNotContain("Công suất phụ tải", customMessage: reader);
        }

        foreach (var reader in new[] { SpecificCentre.Guest, "PCQN" })
        {
            var (status, text) = await centre.OpenAsync(reader, path);
            status.ShouldBe(HttpStatusCode.OK, reader);
            text.ShouldContain("317,9", customMessage: reader);
        }
    }

    [Theory]
    [InlineData("/console/indicators/CN06", "/console/indicators/CN99")]
    [InlineData("/console/reports/SYT-D/SYT/2019-01-01", "/console/reports/NONE/SYT/2019-01-01")]
    public async Task Page_OfWhatIsHiddenOrDoesNotExist_IsNotFound(string hidden, string invented)
    {
        (await centre.OpenAsync(SpecificCentre.Stranger, hidden)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await centre.OpenAsync(SpecificCentre.Stranger, invented)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Report_OnItsPage_HasNoSpecificCellsForWhoeverHasNoAgreement()
    {
        var path = $"/console/reports/SYT-D/SYT/{centre.Day}";

        (await centre.OpenAsync(SpecificCentre.Stranger, path)).Text.ShouldNotContain("YT06");
        (await centre.OpenAsync(SpecificCentre.Guest, path)).Text.ShouldContain("YT06");
        (await centre.OpenAsync("SYT", path)).Text.ShouldContain("YT06");
    }

    [Fact]
    public async Task NobodyIsExempt()
    {
        foreach (var role in Roles.All)
        {
            var (status, text) = await centre.OpenAsync(SpecificCentre.Stranger, "/console/indicators/CN06", role);
            status.ShouldBe(HttpStatusCode.NotFound, role);
            text.ShouldNotContain("317,9", customMessage: role);
        }
    }

    [Fact]
    public async Task Hub_TellsASpecificIndicator_OnlyToItsAgencyAndToWhoeverHasAnAgreement()
    {
        foreach (var reader in Blind)
        {
            await using var hub = await centre.ListenAsync(reader);
            var wall = await hub.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default", "vi");
            wall.Tiles.ShouldNotContain(t => t.Id.Contains("CN06", StringComparison.Ordinal) || t.Html.Contains("317,9", StringComparison.Ordinal), reader);
            var hidden = await Should.ThrowAsync<HubException>(() => hub.InvokeAsync<object>("SubscribeValues", new[] { "CN06" }, "vi"));
            var invented = await Should.ThrowAsync<HubException>(() => hub.InvokeAsync<object>("SubscribeValues", new[] { "CN99" }, "vi"));
            hidden.Message.ShouldBe(invented.Message.Replace("CN99", "CN06", StringComparison.Ordinal));
        }

        foreach (var reader in new[] { SpecificCentre.Guest, "PCQN" })
        {
            await using var hub = await centre.ListenAsync(reader);
            (await hub.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default", "vi")).Tiles.ShouldContain(t => t.Html.Contains("317,9", StringComparison.Ordinal), reader);
            (await hub.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "CN06" }, "vi")).Tiles.ShouldHaveSingleItem().Value.ShouldBe(SpecificCentre.Value);
        }
    }

    [Fact]
    public async Task Hub_WithAgreementsThatBeginAndEnd_ShowsAndTakesAwayWithinFiveSeconds()
    {
        await using var hub = await centre.ListenAsync("SXD");
        var tiles = LiveHubTests.Listen<Frame<TileHtml>>(hub);
        var first = await hub.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default", "vi");
        first.Tiles.ShouldNotContain(t => t.Id == "w-CN06");

        var agreement = await centre.Host.AgreeAsync("CN06", "SXD");
        var opened = await BoardRows.EventuallyAsync(() => tiles.Snapshot().LastOrDefault(f => f.Full), f => f is not null, seconds: 5);
        opened!.Tiles.ShouldContain(t => t.Id == "w-CN06" && t.Html.Contains("317,9", StringComparison.Ordinal));
        opened.Epoch.ShouldNotBe(first.Epoch);
        opened.Epoch.ShouldNotContain("CN06");

        await centre.Host.EndAsync(agreement);
        var closed = await BoardRows.EventuallyAsync(() => tiles.Snapshot().LastOrDefault(f => f.Full), f => f!.Epoch != opened.Epoch, seconds: 5);
        closed!.Tiles.ShouldNotContain(t => t.Id == "w-CN06");
        closed.Tiles.Select(t => t.Id).ShouldBe(first.Tiles.Select(t => t.Id));
        var seen = tiles.Snapshot().Count;
        await BoardRows.EventuallyAsync(() => tiles.Snapshot().Count, count => count > seen, seconds: 30);
        tiles.Snapshot().Skip(seen).ShouldAllBe(f => f.Epoch == closed.Epoch);
    }

    [Fact]
    public async Task Hub_WithAnAgreementThatRunsOut_TakesAwayByTheClock()
    {
        await using var hub = await centre.ListenAsync("STP");
        await centre.Host.AgreeAsync("CN06", "STP", to: TimeProvider.System.GetUtcNow().AddSeconds(4));
        var frames = LiveHubTests.Listen<Frame<TileValue>>(hub);
        (await hub.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "CN06", "KT01" }, "vi")).Tiles.ShouldContain(t => t.Id == "CN06/QNM");

        var closed = await BoardRows.EventuallyAsync(() => frames.Snapshot().LastOrDefault(f => f.Full), f => f is not null, seconds: 8);

        closed!.Tiles.ShouldNotContain(t => t.Id == "CN06/QNM");
        closed.Tiles.ShouldContain(t => t.Id == "KT01/QNM");
    }
}
