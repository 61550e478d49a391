using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Sharing;

/// <summary>
/// Every route that can be read and the hub, as they are registered: what they send to an agency without agreement never holds
/// the code or the value of a specific indicator. A route that is added is tried by itself.
/// </summary>
public sealed class EveryWayOutTests(SpecificCentre centre) : IClassFixture<SpecificCentre>
{
    [Fact]
    public async Task EveryRoute_ToAnAgencyWithoutAgreement_SendsNothingSpecific()
    {
        var routes = Routes().ToList();
        routes.Count(r => r.StartsWith("/api/v1/", StringComparison.Ordinal)).ShouldBeGreaterThan(8);
        foreach (var route in routes)
        {
            foreach (var query in new[] { "", "?limit=1000", "?includeHistory=true", "?groupBy=form", "?groupBy=field", "?lang=vi" })
            {
                foreach (var scope in new[] { KeyScopes.Read, KeyScopes.Submit })
                    Check(await centre.ReadAsync(SpecificCentre.Stranger, route + query, scope: scope), $"{scope} {route}{query}");
                foreach (var role in new[] { Roles.Operator, Roles.Leader, Roles.AgencyReporter })
                    Check(await centre.OpenAsync(SpecificCentre.Stranger, route + query, role), $"{role} {route}{query}");
            }
        }

        foreach (var accept in new[] { "text/csv", "application/vnd.sdmx.data+csv" })
            Check(await centre.ReadAsync(SpecificCentre.Stranger, "/api/v1/observations?limit=1000", accept), accept);
    }

    [Fact]
    public async Task TheHub_ToAnAgencyWithoutAgreement_SendsNothingSpecific()
    {
        await using var hub = await centre.ListenAsync(SpecificCentre.Stranger);
        foreach (var scene in centre.Host.Services.GetServices<IScene>())
        {
            foreach (var culture in new[] { "vi", "en" })
            {
                var frame = await hub.InvokeAsync<Frame<TileHtml>>("Subscribe", scene.Channel, culture);
                Check(string.Concat(frame.Tiles.Select(t => t.Id + t.Html)) + frame.Epoch, scene.Channel);
            }
        }

        var known = centre.Catalogue.Indicators.Keys.Except(centre.SpecificCodes).ToArray();
        Check(string.Concat((await hub.InvokeAsync<Frame<TileValue>>("SubscribeValues", known, "vi")).Tiles.Select(t => t.Id + " ")), "values");
    }

    private void Check((HttpStatusCode Status, string Text) answer, string where)
    {
        ((int)answer.Status).ShouldBeLessThan(500, where);
        Check(answer.Text, where);
    }

    private void Check(string text, string where)
    {
        foreach (var code in centre.SpecificCodes) Regex.IsMatch(text, $@"\b{code}\b").ShouldBeFalse($"{code} in {where}");
        text.ShouldNotContain("317,9", customMessage: where);
        text.ShouldNotContain("\"value\":317.9", customMessage: where);
        text.ShouldNotContain(",317.9,", customMessage: where);
    }

    // Each built file is a route of its own and says nothing of this database.
    private IEnumerable<string> Routes() => centre.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.DisplayName != "Fallback {**path:file}")
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
        .Select(e => "/" + Filled(e.RoutePattern.RawText!.TrimStart('/')))
        .Where(r => !r.StartsWith("/hubs", StringComparison.Ordinal) && !r.StartsWith("/_blazor", StringComparison.Ordinal))
        .Distinct().Order(StringComparer.Ordinal);

    private string Filled(string pattern)
    {
        foreach (var (name, value) in new[] { ("form", "SYT-D"), ("FormCode", "SYT-D"), ("agency", "SYT"), ("AgencyCode", "SYT"), ("period", centre.Day), ("PeriodText", centre.Day), ("documentName", "v1"), ("name", "report") })
            pattern = Regex.Replace(pattern, $$"""\{\*{0,2}{{name}}(:[^}]*)?\??\}""", value);
        pattern = Regex.Replace(pattern, @"\{[Cc]ode(:[^}]*)?\??\}", pattern.Contains("fields", StringComparison.Ordinal) ? "CN" : "KT01");
        return Regex.Replace(pattern, @"\{[^}]*\}", "x");
    }
}
