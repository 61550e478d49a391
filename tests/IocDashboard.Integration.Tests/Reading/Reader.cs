using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Integration.Tests.Reading;

/// <summary>Asks the public interface with a key of an agency.</summary>
internal static class Reader
{
    private static int _day;

    /// <summary>A form of several columns that is reported daily.</summary>
    public static Form Daily(this Centre centre) => centre.Catalogue.FormList.First(f => f is { Rhythm: Rhythm.Daily, Indicators.Length: > 1 });

    /// <summary>A past day that no other test reports, due but not locked.</summary>
    public static string NextDay() =>
        ReportingPeriod.Containing(Rhythm.Daily, DateOnly.FromDateTime(Centre.Now.UtcDateTime).AddDays(-1 - Interlocked.Increment(ref _day))).ToString();

    public static async Task<Answer> ReadAsync(
        this Centre centre, string path, string agency = "IOC", string scope = KeyScopes.Read, string? accept = null, string language = "vi")
    {
        using var response = await centre.ReadRawAsync(path, agency, scope, accept, language: language);
        return await Answer.ReadAsync(response);
    }

    public static async Task<HttpResponseMessage> ReadRawAsync(
        this Centre centre, string path, string agency = "IOC", string scope = KeyScopes.Read, string? accept = null, string? ifNoneMatch = null, string language = "vi")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path);
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync(agency, scope));
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (accept is not null) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (ifNoneMatch is not null) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(ifNoneMatch));
        return await centre.Host.Client.SendAsync(request);
    }

    public static IReadOnlyList<JsonNode> Items(this Answer answer) => [.. answer.Json["items"]!.AsArray().Select(i => i!)];

    /// <summary>Every item of every page.</summary>
    public static async Task<List<JsonNode>> AllAsync(this Centre centre, string path, string agency = "IOC")
    {
        var all = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await centre.ReadAsync(path + (cursor is null ? "" : "&cursor=" + cursor), agency)).ShouldBe(System.Net.HttpStatusCode.OK);
            all.AddRange(page.Items());
            cursor = (string?)page.Json["next"];
        }
        while (cursor is not null);
        return all;
    }
}
