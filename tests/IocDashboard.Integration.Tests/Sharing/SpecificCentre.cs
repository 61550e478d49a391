using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Live;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Sharing;

/// <summary>
/// A running centre that received two specific figures the ordinary way: CN06, power load, from the power company, and YT06,
/// waiting time, in the health department's daily report. Readers of several agencies, by key and by session.
/// </summary>
public sealed class SpecificCentre : IAsyncLifetime
{
    /// <summary>Without any agreement; with one; with one that ran out; with one that was ended.</summary>
    public const string Stranger = "STC", Guest = "SCT", Late = "SNV", Ended = "STNMT";

    /// <summary>Of CN06; nothing else has it.</summary>
    public const decimal Value = 317.9m;

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Visitor> _visitors = new(StringComparer.Ordinal);

    public IocHost Host { get; private set; } = null!;

    public string Day { get; private set; } = "";

    public CatalogueSnapshot Catalogue => Host.Services.GetRequiredService<CatalogueCache>().Current;

    public IReadOnlyList<string> SpecificCodes => [.. Catalogue.IndicatorList.Where(i => i.Sharing == SharingClass.Specific).Select(i => i.Code)];

    public async ValueTask InitializeAsync()
    {
        Host = await IocHost.StartAsync(new() { Services = services => services.AddSingleton(new FirstAssignment(2)) });
        var now = TimeProvider.System.GetUtcNow();
        Day = ReportingPeriod.Containing(Rhythm.Daily, Host.Services.GetRequiredService<ProvinceTime>().DayOf(now).AddDays(-1)).ToString();
        await PostAsync("PCQN", "/api/v1/feeds/PCQN-RT/measurements", new JsonArray(new JsonObject
        {
            ["indicator"] = "CN06", ["area"] = "QNM", ["at"] = now.AddSeconds(-5).ToString("O", CultureInfo.InvariantCulture), ["value"] = Value,
        }));
        await PostAsync("SYT", "/api/v1/submissions", Messages.Submission(Catalogue, Catalogue.Forms["SYT-D"], Day));
        foreach (var indicator in new[] { "CN06", "YT06" })
        {
            await Host.AgreeAsync(indicator, Guest);
            await Host.AgreeAsync(indicator, Late, to: TimeProvider.System.GetUtcNow().AddSeconds(1));
            await Host.EndAsync(await Host.AgreeAsync(indicator, Ended));
        }

        await BoardRows.EventuallyAsync(() => Host.Board().Current.Find("CN06", "QNM")?.Value, v => v == Value);
        await BoardRows.EventuallyAsync(() => Catalogue.Agreements.Where(a => a.Reader == Late).Max(a => a.ValidTo), end => end < TimeProvider.System.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors.Values) visitor.Dispose();
        await Host.DisposeAsync();
    }

    public async Task<string> TokenAsync(string agency, string scope = KeyScopes.Read)
    {
        if (!_tokens.TryGetValue(agency + scope, out var token))
            _tokens[agency + scope] = token = (await Host.Services.GetRequiredService<MachineKeys>().AddAsync(agency, [scope], null, "test " + agency)).Token;
        return token;
    }

    /// <summary>A person of the agency at another machine.</summary>
    public async Task<Visitor> VisitorAsync(string agency, string role = Roles.Operator)
    {
        if (!_visitors.TryGetValue(agency + role, out var visitor)) _visitors[agency + role] = visitor = await Visitor.OfAsync(Host, role, agency, $"{role}.{agency}");
        return visitor;
    }

    public async Task<(HttpStatusCode Status, string Text)> ReadAsync(string agency, string path, string? accept = null, string scope = KeyScopes.Read)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", await TokenAsync(agency, scope));
        request.Headers.Add("X-Forwarded-For", "10.9.9.9");
        if (accept is not null) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var answer = await Host.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<(HttpStatusCode Status, string Text)> OpenAsync(string agency, string path, string role = Roles.Operator)
    {
        using var answer = await (await VisitorAsync(agency, role)).Client.GetAsync(path);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    public async Task<HubConnection> ListenAsync(string agency)
    {
        var token = await TokenAsync(agency);
        var hub = new HubConnectionBuilder().WithUrl(new Uri(Host.BaseAddress, "/hubs/live"), o =>
        {
            o.AccessTokenProvider = () => Task.FromResult<string?>(token);
            o.Headers["X-Forwarded-For"] = "10.9.9.9";
        }).Build();
        await hub.StartAsync();
        return hub;
    }

    private async Task PostAsync(string agency, string path, JsonNode body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", await TokenAsync(agency, KeyScopes.Submit));
        using var answer = await Host.Client.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
