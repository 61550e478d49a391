using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Catalogue;
using IocDashboard.Integration.Tests.DataRequests;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Reviews;

/// <summary>
/// Whatever is submitted, sent back, corrected, verified, whatever becomes of locks, terms and the calendar, in whatever order: rates
/// stay rates, nothing that was acknowledged is lost, and what was answered as of an instant is answered so for ever. Over the real
/// tables and the public interface.
/// </summary>
public sealed class AnySequenceTests : IAsyncLifetime
{
    private const int Acts = 60;

    private static readonly string[] Forms = ["SYT-D", "SYT-W"];
    private static readonly AuditActor Bao = new(AuditActor.Person, "bao", "IOC", null, null);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly ReferenceFolder _reference = new();
    // One that failed is played again with IOC_SEED.
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("IOC_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();
    private readonly Random _random;
    private readonly List<(string Report, int Revision, decimal?[] Values)> _acknowledged = [];
    private readonly List<string> _done = [], _requests = [];
    private IocHost _host = null!;
    private string _token = "";

    public AnySequenceTests() => _random = new(_seed);

    private DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        _token = (await Get<MachineKeys>().AddAsync("SYT", [KeyScopes.Read], null, "test")).Token;
        await _host.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _reference.Dispose();
    }

    [Fact]
    public async Task AnySequence_LosesNothing_KeepsItsRatesAndItsAnswers()
    {
        var answers = new List<(DateTimeOffset At, string After, IReadOnlyList<string> Said)>();
        for (var i = 0; i < Acts; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(_random.Next(1, 40 * 60)));
            _done.Add(await ActAsync());
            await RatesShouldBeRatesAsync();
            if (i % 6 == 0) answers.Add((Now, _done[^1], await AskAsync(Now)));
        }

        while (await _host.SweepAsync() > 0) { }
        foreach (var (report, revision, values) in _acknowledged)
            (await _host.EventsAsync(report)).OfType<ReportSubmitted>().Single(e => e.Revision == revision).Values.Select(v => v.Value).ShouldBe(values, Story);
        _acknowledged.ShouldNotBeEmpty(Story);
        await Ledger.ShouldAgreeAsync(_host.Services);
        foreach (var (at, after, said) in answers)
        {
            var again = await AskAsync(at);
            said.Except(again).Select(s => "was: " + s).Concat(again.Except(said).Select(s => "is: " + s)).Take(6).ShouldBeEmpty($"as of {at:O}, after {after}. {Story}");
        }
    }

    private string Story => string.Create(CultureInfo.InvariantCulture, $"Seed {_seed}: {string.Join("; ", _done)}");

    private T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    private async Task<string> ActAsync()
    {
        var (form, period) = AnyReport();
        var report = ReportKey.Of(form.Code, form.Agency, period);
        switch (_random.Next(17))
        {
            case 0 or 1 or 2 or 3: return await SubmitAsync(form, period, complete: true);
            case 4: return await SubmitAsync(form, period, complete: false);
            case 5: return $"return {report}: {Said(await ReturnAsync(report, form))}";
            case 6 or 7: return $"verify {report}: {Said(await VerifyAsync(report))}";
            case 8: return $"extend {report}: {Said(await Get<ExtendLockHandler>().Handle(report, Now.AddDays(_random.Next(1, 9)), "118/UBND-TH", "Mất điện", Bao, default))}";
            case 9: return $"end exception {report}: {Said(await Get<ExtendLockHandler>().End(report, Bao, default))}";
            case 10: return await SetTermsAsync();
            case 11: return await EditCalendarAsync();
            case 12: return await AskForDataAsync();
            case 13 or 14: return await AnswerAsync();
            default:
                await _host.OpenAsync();
                return $"sweep: {await _host.SweepAsync() + await _host.SweepRequestsAsync()}";
        }
    }

    /// <summary>Of the last periods of one of the forms; the newest are open, the oldest locked.</summary>
    private (Form Form, ReportingPeriod Period) AnyReport()
    {
        var form = Get<CatalogueCache>().Current.Forms[Forms[_random.Next(Forms.Length)]];
        var period = ReportingPeriod.Containing(form.Rhythm, Get<ProvinceTime>().DayOf(Now));
        for (var back = _random.Next(form.Rhythm == Rhythm.Daily ? 5 : 3); back > 0 && period.Previous.FirstDay >= form.AssignedFrom; back--) period = period.Previous;
        return (form, period);
    }

    private async Task<string> SubmitAsync(Form form, ReportingPeriod period, bool complete)
    {
        var report = ReportKey.Of(form.Code, form.Agency, period);
        var catalogue = Get<CatalogueCache>().Current;
        SubmittedValue[] values = [.. form.Indicators.SelectMany(c => c.Areas, (c, area) => (c.Code, Area: area)).Select((c, i) => AnyValue(catalogue, i, c.Code, c.Area))];
        var outcome = await Get<SubmitReportHandler>().Handle(
            new(new(Guid.CreateVersion7().ToString(), form.Code, form.Agency, period.ToString(), complete, values), [], form.Agency, "Châu", "portal", Now, DryRun: false)
            {
                Reason = _random.Next(2) == 0 ? "Đối chiếu lại" : null,
            }, default);
        if (outcome is SubmissionOutcome.Refused refused) return $"submit {report}: {Said([.. refused.Errors])}";
        var receipt = outcome.ReceiptOf()!;
        if (complete) _acknowledged.Add((report, receipt.Revision, [.. values.Select(v => v.Value)]));
        return $"submit {report}: {receipt.State} {receipt.Revision}";
    }

    /// <summary>Now and then there is none, and the note says why; a report may be wholly without.</summary>
    private SubmittedValue AnyValue(CatalogueSnapshot catalogue, int place, string indicator, string area) => _random.Next(8) == 0
        ? new(place, indicator, area, null, "missing", "Trạm chưa báo")
        : new(place, indicator, area, Messages.Plausible(catalogue, indicator, _random.Next(4)), _random.Next(2) == 0 ? "provisional" : "final", null);

    private async Task<IReadOnlyList<JudgementError>> ReturnAsync(string report, Form form)
    {
        if (await FindAsync(report) is not { } row) return [];
        var column = form.Indicators[0];
        return (await Get<ReturnReportHandler>().Handle(
            report, new(row.SubmittedRevision, [new(column.Code, column.Areas[0], "Lệch với báo cáo ngành")], "hanh", Now) { MendBy = Now.AddDays(2) }, default, Bao)).Errors;
    }

    private async Task<IReadOnlyList<JudgementError>> VerifyAsync(string report)
    {
        if (await FindAsync(report) is not { } row) return [];
        var by = _random.Next(2) == 0 ? "hanh" : "duc";
        return (await Get<VerifyReportHandler>().Handle(report, new(row.SubmittedRevision, by, Now), default, Bao with { Name = by })).Errors;
    }

    private async Task<Report?> FindAsync(string report)
    {
        await using var command = _host.Database.CreateCommand($"select {ReportRows.Columns} from report where id = $1");
        command.Parameters.Add(new() { Value = report });
        await using var reader = await command.ExecuteReaderAsync();
        return await ReportRows.ReadAsync(reader, default);
    }

    private async Task<string> SetTermsAsync()
    {
        var (form, terms) = (Forms[_random.Next(Forms.Length)], new FormTerms(_random.Next(2), _random.Next(2, 12), _random.Next(1, 3)));
        return $"terms {form} {terms}: {await Get<SetTermsHandler>().SetForm(form, terms, "Quyết định 12", Bao, default)}";
    }

    /// <summary>A working day becomes a day off, or a Saturday is worked: deadlines to come move.</summary>
    private async Task<string> EditCalendarAsync()
    {
        var day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(_random.Next(-3, 20));
        if (day.DayOfWeek == DayOfWeek.Sunday || Get<CatalogueCache>().Current.Calendar.Find(day) is not null) return $"calendar {day:O}: as it is";
        var kind = day.DayOfWeek == DayOfWeek.Saturday ? CalendarDay.WorkingSaturday : "compensatory";
        _reference.Append("holidays.csv", string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},Hoán đổi,Swapped,yes,{kind},Decree"));
        var outcome = await Get<ImportCatalogueHandler>().Handle(_reference.Import(), default);
        outcome.Findings.ShouldBeEmpty(Story);
        return $"calendar {day:O} {kind}: {outcome.Changed}";
    }

    private async Task<string> AskForDataAsync()
    {
        _requests.Add(await _host.AskedAsync(TimeSpan.FromHours(_random.Next(1, 80)), "SYT", "CTHUE"));
        return $"ask {_requests[^1]}";
    }

    /// <summary>In time, late, or again; now and then more time is given for it instead.</summary>
    private async Task<string> AnswerAsync()
    {
        if (_requests.Count == 0) return "answer: nothing asked";
        var number = _requests[_random.Next(_requests.Count)];
        if (_random.Next(3) > 0) return $"answer {number}: {(await _host.AnswerAsync(number, "SYT", _random.Next(1_000))).GetType().Name}";
        var errors = await Get<ReviewAnswersHandler>().Extend(number, new("SYT", Now.AddDays(_random.Next(1, 5)), "Chờ quyết toán", "An", Now), Requests.Office, default);
        return $"more time {number}: {Said(errors)}";
    }

    private async Task RatesShouldBeRatesAsync()
    {
        foreach (var groupBy in Enum.GetValues<TimelinessGroup>())
        {
            foreach (var group in await Get<MeasureTimeliness>().Handle(Now.AddDays(-60), Now, groupBy, Sight.OfNobody, default))
            {
                var measure = group.Measure;
                (measure.OnTimeRate ?? 0).ShouldBeInRange(0, 1, Story);
                (measure.ReportingRate ?? 0).ShouldBeInRange(measure.OnTimeRate ?? 0, 1, Story);
                (measure.OnTime + measure.Late + measure.Missing).ShouldBe(measure.Expected, Story);
            }
        }
    }

    /// <summary>What the public interface and the boards say as of an instant.</summary>
    private async Task<IReadOnlyList<string>> AskAsync(DateTimeOffset at)
    {
        var asOf = "asOf=" + Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));
        var window = "from=2026-11-01&to=2027-06-30";
        List<string> said = [];
        foreach (var by in new[] { "agency", "field", "form", "period" }) said.AddRange(await ReadAsync($"timeliness?groupBy={by}&{window}&{asOf}"));
        foreach (var form in Forms)
        {
            said.AddRange(await ReadAsync($"obligations?form={form}&{window}&{asOf}&limit=1000"));
            foreach (var column in Get<CatalogueCache>().Current.Forms[form].Indicators) said.AddRange(await ReadAsync($"observations?indicator={column.Code}&{window}&{asOf}&limit=1000"));
        }

        var board = await Get<AsOfBoards>().ReadAsync(at, default);
        said.AddRange(board.Figures.Values.Where(f => f.Value is not null).OrderBy(f => f.SeriesId)
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"board {f.Indicator.Code}/{f.Area.Code} {f.Period} {f.Value} {f.Status} {f.Verification} r{f.Revision} {f.RecordedAt:O} {f.AgeAt(at)}")));
        return said;
    }

    private async Task<IEnumerable<string>> ReadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path) { Headers = { Authorization = new("Bearer", _token) } };
        using var response = await _host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!["items"]!.AsArray().Select(i => $"{path.Split('?')[0]} {i!.ToJsonString()}");
    }

    private static string Said(IReadOnlyList<JudgementError> errors) => errors.Count == 0 ? "done" : string.Join(",", errors.Select(e => e.Code).Distinct());
}
