using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

[assembly: AssemblyFixture(typeof(Centre))]

namespace IocDashboard.Tests.Fixtures;

/// <summary>
/// One running centre with the reference catalogue for all tests of the public interface; its clock stands at a Monday morning.
/// Tests keep apart by reporting different periods.
/// </summary>
public sealed class Centre : IAsyncLifetime
{
    /// <summary>23 November 2026, 10:00 in the province.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lazy<Task<IocHost>> _host;
    private int _next;

    public Centre() : this(Now)
    {
    }

    /// <summary>One of a test's own, whose clock begins elsewhere.</summary>
    internal Centre(DateTimeOffset now)
    {
        Clock = new(now);
        _host = new(() => IocHost.StartAsync(new IocHostOptions
        {
            Time = Clock,
            Services = services => services.AddSingleton(new FirstAssignment(24)),
        }));
    }

    public FakeTimeProvider Clock { get; }

    public CatalogueSnapshot Catalogue => Host.Services.GetRequiredService<CatalogueCache>().Current;

    public IocHost Host => _host.Value.Result;

    /// <summary>A daily form whose past one test alone writes.</summary>
    public Form WithAPast => Catalogue.FormList.Last(f => f.Rhythm == Rhythm.Daily);

    public async ValueTask InitializeAsync() => await _host.Value;

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated) await (await _host.Value).DisposeAsync();
    }

    /// <summary>A complete and valid message for a daily report that no other test touches, due but not locked, of two cells or more.</summary>
    public JsonObject NextMessage()
    {
        var forms = Catalogue.FormList.Where(f => f.Rhythm == Rhythm.Daily && f.Code != WithAPast.Code && f.Indicators.Sum(i => i.Areas.Length) > 1).ToList();
        var (day, form) = Math.DivRem(Interlocked.Increment(ref _next) - 1, forms.Count);
        return Message(forms[form], ReportingPeriod.Containing(Rhythm.Daily, new DateOnly(2026, 11, 22).AddDays(-day)).ToString());
    }

    public async Task<string> TokenAsync(string agency, string scope = KeyScopes.Submit)
    {
        await _gate.WaitAsync();
        try
        {
            var key = agency + "/" + scope;
            if (!_tokens.TryGetValue(key, out var token))
                _tokens[key] = token = (await Host.Services.GetRequiredService<MachineKeys>().AddAsync(agency, [scope], null, "test " + agency)).Token;
            return token;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A complete and valid message; tests change it before they send it.</summary>
    public JsonObject Message(Form form, string period, decimal shift = 0) => Messages.Submission(Catalogue, form, period, shift);

    public decimal Plausible(string indicator, decimal shift = 0) => Messages.Plausible(Catalogue, indicator, shift);

    public Task<Answer> SubmitAsync(JsonNode message, string? asAgency = null, string query = "", string language = "vi") =>
        PostAsync("/api/v1/submissions" + query, message.ToJsonString(), asAgency ?? (string?)message["agency"] ?? "", "application/json", language);

    public async Task<Answer> PostAsync(string path, string body, string asAgency, string mediaType = "application/json", string language = "vi")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } },
        };
        request.Headers.Authorization = new("Bearer", await TokenAsync(asAgency));
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await Host.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>What the database holds of one report.</summary>
    public async Task<Kept> KeptAsync(JsonNode message)
    {
        var form = Catalogue.Forms[(string)message["form"]!];
        await using var command = Host.Database.CreateCommand("""
            select (select count(*) from history.mt_events where stream_id = $1 and type = 'report_submitted'),
                   (select count(*) from observation o join series s on s.id = o.series_id join report r on r.id = $1
                    where s.indicator = any($2) and o.time_key = r.time_key and o.rhythm <> 'I'),
                   (select count(*) from message where agency = $3 and message_id = $4),
                   (select coalesce(max(revision), 0) from report where id = $1)
            """);
        foreach (var value in new object[] { ReportOf(message), form.Indicators.Select(i => i.Code).ToArray(), form.Agency, (string)message["messageId"]! })
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3));
    }

    public static string ReportOf(JsonNode message) => $"{message["form"]}/{message["agency"]}/{message["period"]}";

    public async Task<long> NewestChangeAsync()
    {
        await using var command = Host.Database.CreateCommand("select coalesce(max(id), 0) from change where feeds <> '{}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task<IReadOnlyList<string>> EventTypesAsync(string stream)
    {
        await using var command = Host.Database.CreateCommand("select coalesce(array_agg(type order by seq_id), '{}') from history.mt_events where stream_id = $1");
        command.Parameters.Add(new() { Value = stream });
        return (string[])(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>What submissions left behind for one report: events, observations of its period, its message, its revision.</summary>
public sealed record Kept(long Submissions, long Observations, long Messages, int Revision);
