using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Web.Demo.Access;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Demo.Agencies;

/// <summary>
/// The agencies' own systems, as far as the centre sees them: they know its address, the public interface and each its token,
/// nothing else.
/// </summary>
internal sealed class AgencySystem(HttpClient http, DemoCredentials credentials, Complaints complaints)
{
    public Task<HttpStatusCode?> MeasureAsync(string feed, string agency, IEnumerable<JsonObject> measurements, CancellationToken cancellation) =>
        PostAsync($"/api/v1/feeds/{feed}/measurements", agency, new JsonArray([.. measurements]), cancellation);

    public Task<HttpStatusCode?> SubmitAsync(string agency, JsonObject message, CancellationToken cancellation) =>
        PostAsync("/api/v1/submissions", agency, message, cancellation);

    /// <summary>What is owed and in that state, soonest first; null when the centre did not answer.</summary>
    public async Task<IReadOnlyList<OwedItem>?> OwedAsync(string state, DateOnly from, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, $"/api/v1/obligations?state={state}&from={from:yyyy-MM-dd}&limit=500", KeyScopes.Read, "IOC");
        using var answer = await SendAsync(request, cancellation);
        return answer is { StatusCode: HttpStatusCode.OK }
            ? (await answer.Content.ReadFromJsonAsync<OwedPage>(JsonSerializerOptions.Web, cancellation))?.Items
            : null;
    }

    /// <summary>Ids of the messages that the centre has of one report; null when it did not answer.</summary>
    public async Task<IReadOnlyList<string>?> MessagesOfAsync(string form, string agency, string period, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, $"/api/v1/reports/{form}/{agency}/{period}", KeyScopes.Submit, agency);
        using var answer = await SendAsync(request, cancellation);
        return answer is { StatusCode: HttpStatusCode.OK }
            ? (await answer.Content.ReadFromJsonAsync<SentReport>(JsonSerializerOptions.Web, cancellation))?.Revisions.Select(r => r.MessageId).ToList()
            : null;
    }

    private async Task<HttpStatusCode?> PostAsync(string path, string agency, JsonNode body, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Post, path, KeyScopes.Submit, agency);
        request.Content = JsonContent.Create(body);
        using var answer = await SendAsync(request, cancellation);
        return answer?.StatusCode;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string scope, string agency) => new(method, path)
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", credentials.TokenOf(scope, agency)) },
    };

    /// <summary>Null when the centre could not be reached or is busy; a refusal of the content is reported, for it is a defect of the demonstration.</summary>
    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            var answer = await http.SendAsync(request, cancellation);
            if (answer.IsSuccessStatusCode) complaints.Succeeded();
            else await complaints.RefusedAsync(request, answer, cancellation);
            return answer;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            complaints.Unreachable(e.Message);
            return null;
        }
    }
}

/// <summary>One entry of <c>/api/v1/obligations</c>, as far as an agency looks at it.</summary>
internal sealed record OwedItem(string Form, string Agency, string Period, string State, DateTimeOffset OpensAt, DateTimeOffset DueAt, DateTimeOffset? LockAt);

/// <summary>An answer of <c>/api/v1/reports</c>, as far as an agency looks at it.</summary>
internal sealed record SentReport(IReadOnlyList<SentMessage> Revisions);

internal sealed record SentMessage(string MessageId);

internal sealed record OwedPage(IReadOnlyList<OwedItem> Items);
