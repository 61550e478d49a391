using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Sharing;

/// <summary>Whoever reads another agency's specific figures stands on the audit trail, and gets nothing when it cannot be written.</summary>
public sealed class SpecificReadTests : IAsyncLifetime
{
    private readonly SpecificCentre _centre = new();

    public ValueTask InitializeAsync() => _centre.InitializeAsync();

    public ValueTask DisposeAsync() => _centre.DisposeAsync();

    [Fact]
    public async Task ApiCall_WithAnothersSpecificFigures_IsNotedOnceWithWhatWasRead()
    {
        await _centre.ReadAsync(SpecificCentre.Guest, "/api/v1/observations?agency=PCQN,SYT&limit=1000");
        await _centre.ReadAsync(SpecificCentre.Guest, $"/api/v1/reports/SYT-D/SYT/{_centre.Day}");
        await _centre.ReadAsync(SpecificCentre.Guest, "/api/v1/observations?agency=CTK");
        await _centre.ReadAsync(SpecificCentre.Guest, "/api/v1/indicators");
        await _centre.ReadAsync("PCQN", "/api/v1/observations?agency=PCQN");
        await _centre.ReadAsync(SpecificCentre.Stranger, "/api/v1/observations?agency=PCQN");

        var entries = await EntriesAsync();
        entries.Count.ShouldBe(2);
        var (report, observations) = (entries[0], entries[1]);
        observations.Subject.ShouldBe("/api/v1/observations?agency=PCQN,SYT&limit=1000");
        observations.After!.ShouldContain("\"indicators\":\"CN06,YT06\"");
        (observations.Actor.Kind, observations.Actor.Agency, observations.Actor.Address).ShouldBe((AuditActor.Key, SpecificCentre.Guest, "10.9.9.9"));
        report.Subject.ShouldBe($"/api/v1/reports/SYT-D/SYT/{_centre.Day}");
        report.After!.ShouldContain("\"indicators\":\"YT06\"");
    }

    [Fact]
    public async Task Subscription_ThatIncludesThem_IsNotedOnceAndNotOnceAFrame()
    {
        await using var guest = await _centre.ListenAsync(SpecificCentre.Guest);
        await guest.InvokeAsync<object>("Subscribe", "wall/default", "vi");
        await guest.InvokeAsync<object>("SubscribeValues", new[] { "KT01" }, "vi");
        await guest.InvokeAsync<object>("SubscribeValues", new[] { "KT01", "CN06" }, "vi");
        await using var stranger = await _centre.ListenAsync(SpecificCentre.Stranger);
        await stranger.InvokeAsync<object>("Subscribe", "wall/default", "vi");
        await Task.Delay(6_000);

        var entries = await EntriesAsync();
        entries.Select(e => e.Subject).ShouldBe(["/hubs/live values/CN06,KT01", "/hubs/live wall/default"]);
        entries.ShouldAllBe(e => e.Actor.Agency == SpecificCentre.Guest && e.Actor.Address == "10.9.9.9");
    }

    [Fact]
    public async Task Page_OpenedFromOutsideTheAgency_IsNoted()
    {
        (await _centre.OpenAsync(SpecificCentre.Guest, "/console/indicators/CN06")).Status.ShouldBe(HttpStatusCode.OK);
        (await _centre.OpenAsync("PCQN", "/console/indicators/CN06")).Status.ShouldBe(HttpStatusCode.OK);
        (await _centre.OpenAsync(SpecificCentre.Stranger, "/console/indicators/CN06")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _centre.OpenAsync(SpecificCentre.Guest, "/wall")).Status.ShouldBe(HttpStatusCode.OK);

        var entries = await EntriesAsync();
        entries.Select(e => (e.Subject, e.After)).ShouldContain(("/console/indicators/CN06", "{\"indicators\":\"CN06\",\"figures\":1}"));
        entries.Select(e => e.Subject).ShouldContain("/wall");
        entries.ShouldAllBe(e => e.Actor.Kind == AuditActor.Person && e.Actor.Agency == SpecificCentre.Guest && e.Actor.Address == "10.1.1.1");
    }

    [Fact]
    public async Task ConsolePages_AreNotedForTheFiguresThatTheyShow_AndNotWithoutAny()
    {
        foreach (var path in new[] { "/console/sources", "/console/overdue", "/console/displays", "/console/fields/KT", "/console", "/console/fields/CN", "/console/fields/CN?asOf=2026-01-01T00:00:00Z" })
            (await _centre.OpenAsync(SpecificCentre.Guest, path)).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/console/audit", "/console/people", "/console/keys", "/console/security" })
            (await _centre.OpenAsync(SpecificCentre.Guest, path, Roles.Administrator)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Forbidden);

        (await EntriesAsync()).Select(e => (e.Subject, Indicators: (string)JsonNode.Parse(e.After!)!["indicators"]!)).ShouldBe(
            [("/console/fields/CN?asOf=2026-01-01T00:00:00Z", "CN06"), ("/console/fields/CN", "CN06"), ("/console", "CN06,YT06")]);
    }

    [Fact]
    public async Task Trail_ThatCannotBeWritten_KeepsTheFiguresBack()
    {
        await using var hub = await _centre.ListenAsync(SpecificCentre.Guest);
        await _centre.VisitorAsync(SpecificCentre.Guest);
        await using (var command = _centre.Host.Database.CreateCommand("alter table ioc.audit_entry rename to audit_entry_away")) await command.ExecuteNonQueryAsync();

        foreach (var (status, text) in new[]
        {
            await _centre.ReadAsync(SpecificCentre.Guest, "/api/v1/observations?agency=PCQN"),
            await _centre.OpenAsync(SpecificCentre.Guest, "/console/indicators/CN06"),
            await _centre.OpenAsync(SpecificCentre.Guest, "/console"),
            await _centre.OpenAsync(SpecificCentre.Guest, "/wall"),
        })
        {
            ((int)status).ShouldBeGreaterThanOrEqualTo(500);
            // Not the bare digits: the error's page names lines of code.
            text.ShouldNotContain("317,9");
            text.ShouldNotContain("317.9");
        }

        await Should.ThrowAsync<HubException>(() => hub.InvokeAsync<object>("SubscribeValues", new[] { "CN06" }, "vi"));
        (await _centre.ReadAsync(SpecificCentre.Guest, "/api/v1/observations?agency=CTK")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        await _centre.Host.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.SpecificRead, null, null, null), null, 100, CancellationToken.None);
}
