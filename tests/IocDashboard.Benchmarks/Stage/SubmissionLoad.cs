using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// One agency that submits its daily form over HTTP, a period later with each message. Its obligations were opened before, and
/// their deadline has not come: the usual case of a report in time.
/// </summary>
internal sealed class SubmissionLoad(AgencyPlan plan, LeanHttp http) : IDisposable
{
    private static readonly DateOnly FirstDay = new(2025, 3, 5);

    private readonly (JsonEncodedText Indicator, JsonEncodedText Area)[] _cells =
        [.. plan.Cells().Select(c => (JsonEncodedText.Encode(c.Indicator), JsonEncodedText.Encode(c.Area)))];

    private readonly ArrayBufferWriter<byte> _body = new(128 * 1024);
    private readonly Random _random = new(plan.Code.GetHashCode(StringComparison.Ordinal));
    private DateOnly _next = FirstDay;

    public AgencyPlan Plan => plan;
    public long Accepted { get; private set; }
    public int Messages { get; private set; }
    public int PeriodsLeft => LastDay().DayNumber - _next.DayNumber + 1;

    /// <summary>Keys of the reports sent, oldest first.</summary>
    public List<string> Reports { get; } = [];

    /// <summary>The last value of each cell, in the form's order.</summary>
    public decimal[] Last { get; } = new decimal[plan.Indicators * plan.Areas];

    public static async Task<SubmissionLoad> CreateAsync(AgencyPlan plan, CentreDatabase database, ServerProcess server) =>
        new(plan, await LeanHttp.ConnectAsync(server.Address, "/api/v1/submissions", database.Tokens[plan.Code]));

    /// <summary>The obligations of all periods that a load may send, as rows of table <c>report</c>.</summary>
    public static async Task OpenReportsAsync(CentreDatabase database, IEnumerable<AgencyPlan> plans)
    {
        await using var command = database.Rows.CreateCommand("""
            insert into report (id, form, agency, period, time_key, opened_at, opens_at, due_at, lock_at, state, punctuality, updated_at)
            select a || '-D/' || a || '/' || to_char(d, 'YYYY-MM-DD'), a || '-D', a, to_char(d, 'YYYY-MM-DD'),
                   d at time zone 'Asia/Ho_Chi_Minh', d at time zone 'Asia/Ho_Chi_Minh', d at time zone 'Asia/Ho_Chi_Minh', '2099-01-01', null, 0, 0, now()
            from unnest($1) a, generate_series($2::timestamp, $3::timestamp, interval '1 day') d
            on conflict do nothing
            """);
        command.Parameters.AddWithValue(plans.Select(p => p.Code).ToArray());
        command.Parameters.AddWithValue(FirstDay.ToDateTime(TimeOnly.MinValue));
        command.Parameters.AddWithValue(LastDay().ToDateTime(TimeOnly.MinValue));
        await command.ExecuteNonQueryAsync();
        await database.ExecuteAsync("analyze report");
    }

    /// <summary>Returns when the centre has acknowledged: how many values.</summary>
    public async Task<int> SendAsync()
    {
        if (PeriodsLeft == 0) throw new InvalidOperationException($"{plan.Code} has no periods left: the benchmark has run dry.");
        var period = _next.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _next = _next.AddDays(1);
        Write(period);
        var (status, _, answer) = await http.PostAsync(_body.WrittenMemory);
        if (status != 201) throw new InvalidOperationException($"{plan.FormOrFeed} {period}: {status} {Encoding.UTF8.GetString(answer.Span)}");
        Accepted += _cells.Length;
        Messages++;
        Reports.Add($"{plan.FormOrFeed}/{plan.Code}/{period}");
        return _cells.Length;
    }

    public void Dispose() => http.Dispose();

    private void Write(string period)
    {
        _body.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_body);
        json.WriteStartObject();
        json.WriteString("messageId"u8, Guid.CreateVersion7());
        json.WriteString("form"u8, plan.FormOrFeed);
        json.WriteString("agency"u8, plan.Code);
        json.WriteString("period"u8, period);
        json.WriteBoolean("complete"u8, true);
        json.WriteStartArray("values"u8);
        for (var i = 0; i < _cells.Length; i++)
        {
            // Around a mean of its own, so that the outlier warning has its usual, that is no, work to report.
            Last[i] = decimal.Round(1_000 + i + (decimal)_random.NextDouble() * 50, 2);
            json.WriteStartObject();
            json.WriteString("indicator"u8, _cells[i].Indicator);
            json.WriteString("area"u8, _cells[i].Area);
            json.WriteNumber("value"u8, Last[i]);
            json.WriteString("status"u8, "provisional"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static DateOnly LastDay() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);
}
