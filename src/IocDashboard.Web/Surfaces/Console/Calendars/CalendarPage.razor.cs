using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Catalogue.Import;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Calendars;

/// <summary>A deadline that a rule yields for one period.</summary>
/// <param name="Days">From the period's last day to the deadline's.</param>
public sealed record YieldedDeadline(ReportingPeriod Period, DateOnly First, DateOnly Last, DateTimeOffset DueAt, int Days);

/// <summary>
/// The working calendar of a year, the nation's or one agency's: what was entered and on what it rests, what entering a day or a file
/// would move, and what each deadline rule of the set yields by it.
/// </summary>
public sealed partial class CalendarPage : IDisposable
{
    private const int MostListed = 12, MostBytes = 1024 * 1024, FirstYear = 2000, LastYear = 2100;

    private readonly CancellationTokenSource _closed = new();
    private string _agency = "", _kind = CalendarDay.Kinds[0];
    private string? _day, _nameVi, _nameEn, _basis, _rule, _said;
    private bool _wrong, _busy;
    private EnterCalendarDays? _wanted;
    private CalendarOutcome? _preview;
    private AuditActor _me = AuditActor.Itself;
    private (CalendarBook Of, string? Rule, int Year, string Agency) _yieldsOf;
    private ImmutableArray<YieldedDeadline> _yields = [];

    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private EnterCalendarDaysHandler Calendars { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private ILogger<CalendarPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "year")]
    private int? Year { get; set; }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private int ShownYear => Year is >= FirstYear and <= LastYear and { } year ? year : Province.DayOf(Clock.GetUtcNow()).Year;

    private CatalogueSnapshot Catalogue => Catalogues.Current;

    private WorkingCalendar Calendar => Catalogue.CalendarOf(_agency);

    private IEnumerable<Agency> Agencies => Catalogue.FormList.Select(f => f.Agency).Distinct(StringComparer.Ordinal)
        .Select(code => Catalogue.Agencies.GetValueOrDefault(code)).OfType<Agency>().OrderBy(a => a.ShortName.In(Culture), StringComparer.Create(Culture, ignoreCase: true));

    /// <summary>What was last entered for each day of the year: for the nation, and for the agency that is looked at.</summary>
    private ImmutableArray<CalendarEntry> Entries => [.. Catalogue.Calendars.Entries
        .Where(e => e.Day.Year == ShownYear && (e.Agency.Length == 0 || e.Agency == _agency))
        .GroupBy(e => (e.Agency, e.Day)).Select(d => d.Last()).OrderBy(e => e.Day).ThenBy(e => e.Agency, StringComparer.Ordinal)];

    /// <summary>The deadline rules of the set's reports, each with a rhythm that it is used for.</summary>
    private IEnumerable<(string Text, Rhythm Rhythm)> Rules => Catalogue.IndicatorList.Where(i => !i.Rhythm.IsStreamed())
        .Select(i => (i.DeadlineRule, i.Rhythm)).Distinct().OrderBy(r => r.Rhythm).ThenBy(r => r.DeadlineRule, StringComparer.Ordinal);

    private ImmutableArray<YieldedDeadline> Yields
    {
        get
        {
            var of = (Catalogue.Calendars, _rule, ShownYear, _agency);
            if (of != _yieldsOf) (_yieldsOf, _yields) = (of, Yield());
            return _yields;
        }
    }

    public static string Link(int year) => $"{ConsoleLinks.Root}/calendar?year={year.ToString(CultureInfo.InvariantCulture)}";

    protected override async Task OnInitializedAsync()
    {
        _me = AuditActor.Of((await Session).User, address: null);
        // A month's is a page long and shows Tết.
        var first = Rules.OrderByDescending(r => r.Rhythm == Rhythm.Monthly).FirstOrDefault();
        _rule = first.Text is null ? null : $"{first.Text}|{first.Rhythm}";
    }

    private void Choose(string? agency)
    {
        _agency = agency ?? "";
        Forget();
    }

    private void Forget() => (_wanted, _preview, _said) = (null, null, null);

    private Task PreviewTypedAsync() => DayText.Read(_day) is { } day
        ? PreviewAsync([new(day, _nameVi?.Trim() ?? "", _nameEn?.Trim() ?? "", Confirmed: true, _kind, _basis?.Trim() ?? "")])
        : Say(T("Wcal.Find.not-a-day", _day ?? ""));

    private async Task PreviewFileAsync(InputFileChangeEventArgs chosen)
    {
        Forget();
        if (chosen.File.Size > MostBytes)
        {
            await Say(T("Wcal.Find.file-too-large"));
            return;
        }

        using var content = new MemoryStream();
        await using (var file = chosen.File.OpenReadStream(MostBytes, _closed.Token)) await file.CopyToAsync(content, _closed.Token);
        var findings = new List<ImportFinding>();
        var days = CalendarRows.Read(CsvTable.Read(content.ToArray(), chosen.File.Name, CalendarRows.Columns, findings));
        if (findings.Count > 0) await Say(string.Join(" · ", findings.Take(MostListed).Select(f => ImportTexts.Of(f, Culture))));
        else if (days.Count is 0 or > EnterCalendarDaysHandler.Most) await Say(T("Wcal.Find.file-empty", EnterCalendarDaysHandler.Most));
        else await PreviewAsync(days);
    }

    private async Task PreviewAsync(IReadOnlyList<CalendarDay> days)
    {
        Forget();
        var wanted = new EnterCalendarDays(_agency, days);
        var preview = await Calendars.Preview(wanted, _closed.Token);
        if (preview.Findings.Count > 0) await Say(string.Join(" · ", preview.Findings.Take(MostListed).Select(TextOf)));
        else if (preview.Changed.Count == 0) await Say(T("Wcal.Same"), wrong: false);
        else (_wanted, _preview) = (wanted, preview);
    }

    private async Task EnterAsync()
    {
        if (_wanted is not { } wanted || _busy) return;
        _busy = true;
        try
        {
            var outcome = await Calendars.Handle(wanted, _me, _closed.Token);
            Forget();
            await Say(T("Wcal.Done", outcome.Changed.Count, outcome.Moved.Count), wrong: false);
            (_day, _nameVi, _nameEn) = (null, null, null);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "The working calendar could not be written, trace {Trace}", trace);
            await Say(T("Wcal.Failed", trace));
        }
        finally
        {
            _busy = false;
        }
    }

    private Task Say(string text, bool wrong = true)
    {
        (_said, _wrong) = (text, wrong);
        return Task.CompletedTask;
    }

    private static string TextOf(CalendarFinding finding) => T($"Wcal.Find.{finding.Code}", finding.Day is { } day ? DayText.Of(day) : "");

    private ImmutableArray<YieldedDeadline> Yield()
    {
        if (_rule?.Split('|') is not [var text, var letter] || !DeadlineRule.TryParse(text, out var rule) || !Enum.TryParse<Rhythm>(letter, out var rhythm)) return [];
        var found = ImmutableArray.CreateBuilder<YieldedDeadline>();
        for (var period = ReportingPeriod.Containing(rhythm, new(ShownYear, 1, 1)); period.FirstDay.Year <= ShownYear; period = period.Next)
        {
            var (first, last) = rule.Covers(period);
            var dueAt = rule.DueAt(period, Calendar, Province);
            found.Add(new(period, first, last, dueAt, Province.DayOf(dueAt).DayNumber - last.DayNumber));
        }

        return found.ToImmutable();
    }

    private static string ClassOf(DateOnly day, CalendarDay? entry) => entry switch
    {
        { Kind: CalendarDay.WorkingSaturday } => "on",
        not null => "off",
        _ => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "we" : "",
    };

    private static string NameOf(CalendarDay day) => Culture.TwoLetterISOLanguageName == "vi" ? day.NameVi : day.NameEn;

    private static string LunarOf(DateOnly day) => LunarDate.Of(day) is var lunar
        ? string.Create(CultureInfo.InvariantCulture, $"{lunar.Day}/{lunar.Month}{(lunar.IsLeap ? "+" : "")}")
        : "";

    private string AgencyName(string code) => Catalogue.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(Culture) : code;

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    private string WhenLong(DateTimeOffset instant) => Province.Local(instant).ToString(T("Wcal.When"), Culture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
