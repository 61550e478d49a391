using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.Requests;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Measures;

/// <summary>
/// Expected, received, on time, late, missing, with punctuality, completeness and timeliness, by agency, field, form or period; each
/// number opens the list behind it. As of the console's own instant. Read when the address or the instant changes, never by a tick.
/// </summary>
public sealed partial class MeasuresPage : IDisposable
{
    private const int MostListed = 200, UsualMonths = 12;

    /// <summary>In the address: all groups together.</summary>
    private const string All = "*";

    private static readonly int[] Windows = [1, 3, 6, 12, 24];

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<MeasuredGroup> _rows = [];
    private Domain.Reporting.Timeliness _all = Domain.Reporting.Timeliness.None;
    private (IReadOnlyList<MeasuredObligation> Obligations, int Count)? _list;
    private (TimelinessGroup, int, string?, string?, DateTimeOffset?, string)? _read;
    private string? _failure;
    private bool _loaded, _loading, _asks;

    [Inject]
    private MeasureTimeliness Measure { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private ILogger<MeasuresPage> Log { get; set; } = null!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [SupplyParameterFromQuery(Name = "by")]
    private string? By { get; set; }

    [SupplyParameterFromQuery(Name = "months")]
    private int? MonthsAsked { get; set; }

    /// <summary>Of the list that is open.</summary>
    [SupplyParameterFromQuery(Name = "group")]
    private string? Group { get; set; }

    [SupplyParameterFromQuery(Name = "part")]
    private string? PartAsked { get; set; }

    private TimelinessGroup GroupBy => Enum.TryParse<TimelinessGroup>(By, ignoreCase: true, out var by) && Enum.IsDefined(by) ? by : TimelinessGroup.Agency;

    private TimelinessPart Part => Enum.TryParse<TimelinessPart>(PartAsked, ignoreCase: true, out var part) && Enum.IsDefined(part) ? part : TimelinessPart.Expected;

    private int Months => MonthsAsked is { } months && Windows.Contains(months) ? months : UsualMonths;

    /// <summary>The instant of the measure: the past's, or the last reading's.</summary>
    private DateTimeOffset At { get; set; }

    protected override async Task OnInitializedAsync() =>
        _asks = (await Authorization.AuthorizeAsync((await Session).User, Policies.AskForData)).Succeeded;

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (GroupBy, Months, Group, PartAsked, Moment.AsOf, Moment.Board.Catalogue.IndicatorList.Length.ToString(CultureInfo.InvariantCulture));
        if (!Moment.IsReady || _loading || _read == wanted) return;
        _read = wanted;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _loading = true;
        try
        {
            At = Moment.AsOf ?? Moment.Now;
            var from = Province.StartOf(Province.DayOf(At).AddMonths(-Months));
            _rows = await Measure.Handle(from, At, GroupBy, Moment.Sight, _closed.Token, At);
            _all = (await Measure.Handle(from, At, TimelinessGroup.Agency, Moment.Sight, _closed.Token, At)).Aggregate(Domain.Reporting.Timeliness.None, (sum, g) => sum + g.Measure);
            _list = Group is null ? null : await Measure.List(from, At, GroupBy, Group == All ? null : Group, Part, Moment.Sight, MostListed, _closed.Token, At);
            (_loaded, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "The measures could not be read, trace {Trace}", _failure);
        }
        finally
        {
            _loading = false;
        }
    }

    private string Href(TimelinessGroup? by = null, int? months = null, string? group = null, TimelinessPart? part = null) =>
        ConsoleLinks.Measures(
            (by ?? GroupBy).ToString().ToLowerInvariant(), months ?? Months, group, part?.ToString().ToLowerInvariant(), Moment.AsOf);

    /// <summary>Null where the reader may not open it: pages of requests are for those who ask.</summary>
    private string? HrefOf(MeasuredObligation one) =>
        one.Report is { } report ? ConsoleLinks.Report(report.Form, one.Agency, ReportingPeriod.Parse(report.Period), Moment.AsOf)
        : _asks ? RequestLinks.One(one.Id) : null;

    private string TitleOf(MeasuredObligation one) => one.Report is { } report ? $"{report.Form} · {PeriodName(report.Period)}" + (one.IsUpdate ? $" · {T("Mea.OnChange")}" : "") : $"{one.Id} · {T("Mea.OnRequest")}";

    private string NameOf(string group) => GroupBy switch
    {
        _ when group == All => T("Mea.All"),
        TimelinessGroup.Form or TimelinessGroup.Period when group == MeasureTimeliness.OnRequest => T("Mea.OnRequest"),
        TimelinessGroup.Form or TimelinessGroup.Period when group == MeasureTimeliness.OnChange => T("Mea.OnChange"),
        TimelinessGroup.Agency => AgencyName(group),
        TimelinessGroup.Field => Moment.Board.Catalogue.IndicatorList.FirstOrDefault(i => i.FieldCode == group)?.Field.In(CultureInfo.CurrentUICulture) ?? group,
        TimelinessGroup.Period => PeriodName(group),
        _ => Moment.Board.Catalogue.Forms.TryGetValue(group, out var form) ? $"{group} · {AgencyName(form.Agency)}" : group,
    };

    private string AgencyName(string agency) =>
        Moment.Board.Catalogue.Agencies.TryGetValue(agency, out var known) ? known.ShortName.In(CultureInfo.CurrentUICulture) : agency;

    private static string PeriodName(string period) =>
        ReportingPeriod.TryParse(period, out var parsed) ? FigureText.PeriodOf(parsed, CultureInfo.CurrentUICulture) : period;

    private static string Count(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Span(TimeSpan? span) => span is not { } s ? "—"
        : s < TimeSpan.Zero ? "−" + AgeScale.TwoWords(-s, CultureInfo.CurrentUICulture) : AgeScale.TwoWords(s, CultureInfo.CurrentUICulture);

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
