using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Crash;

/// <summary>
/// Four senders that submit revisions of today's report as fast as they are answered, and note what was acknowledged.
/// A failed call is sent again under its own message id, as an agency's system would.
/// </summary>
internal sealed class SubmissionStream : IAsyncDisposable
{
    private const string Agency = "SGDDT", Form = "SGDDT-D";
    private readonly CancellationTokenSource _stop = new();
    private readonly IocProcess _centre;
    private readonly JsonArray _cells;
    private readonly string _token;
    private readonly Task[] _senders;
    private int _next;

    private SubmissionStream(IocProcess centre, string token, JsonArray cells)
    {
        (_centre, _token, _cells) = (centre, token, cells);
        _senders = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(SendAsync))];
    }

    /// <summary>Ids of messages that were answered with 201 or, sent again, with 200.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>Answers other than an acknowledgement, by status; 0 is a broken connection.</summary>
    public ConcurrentDictionary<int, int> Failures { get; } = [];

    public static async Task<SubmissionStream> StartAsync(IocProcess centre)
    {
        var (code, output) = await IocProcess.RunAsync(centre.DataDirectory, ["key", "add", "--agency", Agency, "--scope", "submit"]);
        code.ShouldBe(0, output);
        var token = output.Split(['\n', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries).First(w => w.StartsWith("ioc_", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/forms?agency=" + Agency) { Headers = { Authorization = new("Bearer", token) } };
        using var answer = await centre.Client.SendAsync(request);
        var forms = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["items"]!.AsArray();
        return new(centre, token, forms.Single(f => (string)f!["code"]! == Form)!["indicators"]!.DeepClone().AsArray());
    }

    public async Task UntilAcknowledgedAsync(int count, int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (Acknowledged.Count < count) await Task.Delay(20, limit.Token);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_senders);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next);
            var id = "crash-" + number.ToString(CultureInfo.InvariantCulture);
            var body = Encoding.UTF8.GetBytes(Message(id, number).ToJsonString());
            while (!_stop.IsCancellationRequested && !await TryAsync(id, body)) await Task.Delay(50);
        }
    }

    private async Task<bool> TryAsync(string id, byte[] body)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions")
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _token) },
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            };
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            using var answer = await _centre.Client.SendAsync(request, limit.Token);
            if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
            {
                Acknowledged.Add(id);
                return true;
            }

            Failures.AddOrUpdate((int)answer.StatusCode, 1, (_, n) => n + 1);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or IOException)
        {
            Failures.AddOrUpdate(0, 1, (_, n) => n + 1);
        }

        return false;
    }

    private JsonObject Message(string id, int number) => new()
    {
        ["messageId"] = id,
        ["form"] = Form,
        ["agency"] = Agency,
        ["period"] = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["complete"] = true,
        ["values"] = new JsonArray([.. _cells.SelectMany(i => i!["areas"]!.AsArray(), (i, area) => (JsonNode)new JsonObject
        {
            ["indicator"] = (string)i!["code"]!, ["area"] = (string)area!, ["value"] = number % 100, ["status"] = "provisional",
        })]),
    };
}
