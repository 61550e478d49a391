using System.Buffers;
using System.Text;
using System.Text.Json;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// One source that posts measurements of its own few cells over HTTP, each later than the one before, as a gateway of stations
/// does. Turned away, it waits as long as the answer says and comes again.
/// </summary>
internal sealed class MeasurementLoad(AgencyPlan plan, int source, LeanHttp http) : IDisposable
{
    /// <summary>Cells of one source.</summary>
    public const int Cells = 8;

    private readonly (string Indicator, string Area)[] _cells = [.. plan.Cells().Skip(source * Cells).Take(Cells)];
    private readonly ArrayBufferWriter<byte> _body = new(1024);
    private readonly Random _random = new(source);
    private DateTimeOffset _at = TimeProvider.System.GetUtcNow();

    public long Accepted { get; private set; }
    public int TurnedAway { get; private set; }

    /// <summary>The last value of each cell that has one.</summary>
    public Dictionary<string, decimal> Last { get; } = new(StringComparer.Ordinal);

    public static async Task<MeasurementLoad> CreateAsync(AgencyPlan plan, int source, CentreDatabase database, ServerProcess server) =>
        new(plan, source, await LeanHttp.ConnectAsync(server.Address, $"/api/v1/feeds/{plan.FormOrFeed}/measurements", database.Tokens[plan.Code]));

    public async Task SendAsync(int measurements)
    {
        Write(measurements);
        while (true)
        {
            var (status, head, answer) = await http.PostAsync(_body.WrittenMemory);
            if (status == 200)
            {
                Accepted += measurements;
                return;
            }

            if (status != 429) throw new InvalidOperationException($"{plan.FormOrFeed}: {status} {Encoding.UTF8.GetString(answer.Span)}");
            TurnedAway++;
            if (!head.Contains("retry-after", StringComparison.OrdinalIgnoreCase)) throw new InvalidOperationException("429 without Retry-After");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => http.Dispose();

    private void Write(int measurements)
    {
        _body.ResetWrittenCount();
        var now = TimeProvider.System.GetUtcNow();
        if (now > _at) _at = now;
        using var json = new Utf8JsonWriter(_body);
        json.WriteStartArray();
        for (var i = 0; i < measurements; i++)
        {
            // PostgreSQL keeps microseconds: each measurement of a cell needs one of its own.
            if (i % Cells == 0) _at = new DateTimeOffset(_at.Ticks - (_at.Ticks % TimeSpan.TicksPerMicrosecond) + TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
            var (indicator, area) = _cells[i % Cells];
            var value = decimal.Round((decimal)_random.NextDouble() * 1_000, 2);
            json.WriteStartObject();
            json.WriteString("indicator"u8, indicator);
            json.WriteString("area"u8, area);
            json.WriteString("at"u8, _at);
            json.WriteNumber("value"u8, value);
            json.WriteEndObject();
            Last[$"{indicator}/{area}"] = value;
        }

        json.WriteEndArray();
    }
}
