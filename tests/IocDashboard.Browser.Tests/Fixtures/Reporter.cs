using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Npgsql;

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>An agency's own system: knows the public interface alone, and one key for each agency.</summary>
public sealed class Reporter
{
    private readonly HttpClient _client;
    private readonly string _connectionString;
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, JsonNode> _forms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _indicators = new(StringComparer.Ordinal);

    private Reporter(HttpClient client, string connectionString) => (_client, _connectionString) = (client, connectionString);

    public static async Task<Reporter> ConnectAsync(HttpClient client, string connectionString)
    {
        var reporter = new Reporter(client, connectionString);
        foreach (var form in await reporter.ListAsync("forms")) reporter._forms[(string)form["code"]!] = form;
        foreach (var indicator in await reporter.ListAsync("indicators")) reporter._indicators[(string)indicator["code"]!] = indicator;
        return reporter;
    }

    /// <summary>
    /// Reports a form whole: the given cells as given, each other cell at an ordinary value. Returns once the centre has acknowledged it (201).
    /// </summary>
    public Task<DateTimeOffset> SubmitAsync(string form, string period, params IReadOnlyList<(string Indicator, string Area, decimal Value)> cells) =>
        SubmitAsync(Message(form, period, cells));

    /// <summary>The same as an estimate, a provisional or a final figure.</summary>
    public Task<DateTimeOffset> SubmitAsAsync(string status, string form, string period, params IReadOnlyList<(string Indicator, string Area, decimal Value)> cells)
    {
        var message = Message(form, period, cells);
        foreach (var value in message["values"]!.AsArray()) value!["status"] = status;
        return SubmitAsync(message);
    }

    /// <summary>The same, where the centre is to refuse it with this status: its errors, in Vietnamese.</summary>
    public async Task<IReadOnlyList<JsonNode>> RefusedAsync(
        HttpStatusCode status, string form, string period, params IReadOnlyList<(string Indicator, string Area, decimal Value)> cells)
    {
        var message = Message(form, period, cells);
        using var request = Submission(message);
        request.Headers.AcceptLanguage.ParseAdd("vi");
        request.Headers.Authorization = new("Bearer", await TokenAsync((string)message["agency"]!));
        using var answer = await _client.SendAsync(request);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        answer.StatusCode.ShouldBe(status, problem.ToJsonString());
        return [.. (problem["errors"]?.AsArray() ?? []).Select(e => e!)];
    }

    private JsonObject Message(string form, string period, IReadOnlyList<(string Indicator, string Area, decimal Value)> cells)
    {
        var given = cells.ToDictionary(c => (c.Indicator, c.Area), c => c.Value);
        return new JsonObject
        {
            ["messageId"] = Guid.CreateVersion7().ToString(),
            ["form"] = form,
            ["agency"] = (string)_forms[form]["agency"]!,
            ["period"] = period,
            ["complete"] = true,
            ["values"] = new JsonArray([.. Cells(form).Select(c => Value(c, given.TryGetValue(c, out var value) ? value : Ordinary(c.Indicator)))]),
        };
    }

    /// <summary>Sends one measurement, taken at the given instant. Returns once the centre has acknowledged it.</summary>
    public async Task<DateTimeOffset> MeasureAsync(string feed, string agency, string indicator, string area, DateTimeOffset at, decimal value)
    {
        var measurement = new JsonObject { ["indicator"] = indicator, ["area"] = area, ["at"] = at.ToString("O", CultureInfo.InvariantCulture), ["value"] = value };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/feeds/{feed}/measurements") { Content = JsonContent.Create(new JsonArray(measurement)) };
        return await SendAsync(request, agency, HttpStatusCode.OK);
    }

    /// <summary>Says that the agency's own figures for the report changed at that instant.</summary>
    public async Task<DateTimeOffset> TellChangedAsync(string form, string agency, string period, DateTimeOffset changedAt)
    {
        var change = new JsonObject { ["changedAt"] = changedAt.ToString("O", CultureInfo.InvariantCulture) };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/reports/{form}/{agency}/{period}/source") { Content = JsonContent.Create(change) };
        return await SendAsync(request, agency, HttpStatusCode.OK);
    }

    private async Task<DateTimeOffset> SubmitAsync(JsonObject message)
    {
        using var request = Submission(message);
        return await SendAsync(request, (string)message["agency"]!, HttpStatusCode.Created);
    }

    private static HttpRequestMessage Submission(JsonObject message) => new(HttpMethod.Post, "/api/v1/submissions") { Content = JsonContent.Create(message) };

    private async Task<DateTimeOffset> SendAsync(HttpRequestMessage request, string agency, HttpStatusCode expected)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(agency));
        using var answer = await _client.SendAsync(request);
        var acknowledged = TimeProvider.System.GetUtcNow();
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
        return acknowledged;
    }

    private IEnumerable<(string Indicator, string Area)> Cells(string form) =>
        from indicator in _forms[form]["indicators"]!.AsArray()
        from area in indicator["areas"]!.AsArray()
        select ((string)indicator["code"]!, (string)area!);

    private static JsonObject Value((string Indicator, string Area) cell, decimal value) => new()
    {
        ["indicator"] = cell.Indicator, ["area"] = cell.Area, ["value"] = value, ["status"] = "final",
    };

    /// <summary>On the good side of its limits.</summary>
    private decimal Ordinary(string code)
    {
        var indicator = _indicators[code];
        var (least, most) = ((decimal)indicator["plausibleMin"]!, (decimal)indicator["plausibleMax"]!);
        var limit = (decimal?)indicator["warn"];
        var value = (string?)indicator["direction"] == "higher" ? ((limit ?? least) + most) / 2 : (least + (limit ?? most)) / 2;
        return decimal.Round(value, (int)indicator["decimals"]!);
    }

    /// <summary>The items of a list of the interface, such as <c>obligations?state=dueSoon</c>.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string list)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{list}{(list.Contains('?') ? '&' : '?')}limit=1000");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("IOC"));
        using var answer = await _client.SendAsync(request);
        var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, page.ToJsonString());
        return [.. page["items"]!.AsArray().Select(item => item!)];
    }

    private async Task<string> TokenAsync(string agency)
    {
        await _gate.WaitAsync();
        try
        {
            if (!_tokens.TryGetValue(agency, out var token)) _tokens[agency] = token = await IssueAsync(agency);
            return token;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> IssueAsync(string agency)
    {
        var token = MachineToken.Create();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "insert into ioc.machine_key (id, token_hash, agency, scopes, created_at, label) values ($1, $2, $3, $4, now(), $5)", connection);
        foreach (var value in new object[] { Guid.CreateVersion7(), MachineToken.Hash(token), agency, new[] { KeyScopes.Submit, KeyScopes.Read }, "hms-" + agency })
            command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
        return token;
    }
}
