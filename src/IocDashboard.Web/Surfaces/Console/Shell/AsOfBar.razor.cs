using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>Live, or as of an instant in the province's time. The instant is in the address, so it can be kept, sent and gone back from.</summary>
public sealed partial class AsOfBar
{
    private const string CalendarIcon = """<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M8 2v3"/><path d="M16 2v3"/><rect x="3" y="3" width="18" height="18" rx="2"/><path d="M3 9h18"/></g>""";
    private const string ClockIcon = """<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/></g>""";
    private static readonly int[] Spans = [1, 7, 30, 365];

    private int _days = 7;
    private bool _picking;
    private DateTime? _date;
    private TimeSpan? _time;
    private (long, DateTimeOffset?, PastReading, bool)? _drawn;
    private DateTimeOffset? _shown;
    private bool _asked;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    /// <summary>Whether it stands open while live; in the past it always does.</summary>
    [Parameter]
    public bool Visible { get; set; }

    /// <summary>The last second of the month before this one, in the province's time.</summary>
    private DateTimeOffset LastMonthEnd => Province.StartOf(new DateOnly(Today.Year, Today.Month, 1)).AddSeconds(-1);

    private DateTime Today => Local(Moment.Now).Date;

    private string Says => Moment.Reading switch
    {
        PastReading.UnderWay => T("AsOf.Loading", Clock(Moment.Now)),
        PastReading.Failed => T("AsOf.Failed", Clock(Moment.Now)),
        _ => T("AsOf.Meaning"),
    };

    protected override void OnParametersSet()
    {
        if (_shown == Moment.AsOf) return;
        _shown = Moment.AsOf;
        if (Moment.AsOf is null) _picking = false;
        else SetPickers(Moment.Now);
    }

    protected override bool ShouldRender()
    {
        // Live, only the clock moves: once a second.
        var shown = (Moment.Now.ToUnixTimeSeconds(), Moment.AsOf, Moment.Reading, Visible);
        if (!_asked && _drawn == shown) return false;
        (_asked, _drawn) = (false, shown);
        return true;
    }

    private void Pick()
    {
        if (!Moment.IsLive) return;
        (_picking, _asked) = (true, true);
        SetPickers(Moment.Now);
    }

    private void SetPickers(DateTimeOffset instant) => (_date, _time) = (Local(instant).Date, new TimeSpan(Local(instant).Hour, Local(instant).Minute, 0));

    private void OnDate(DateTime? date)
    {
        (_date, _asked) = (date, true);
        ShowPicked();
    }

    private void OnTime(TimeSpan? time)
    {
        (_time, _asked) = (time, true);
        ShowPicked();
    }

    private void ShowPicked()
    {
        if (_date is not { } date || _time is not { } time) return;
        Show(Province.At(DateOnly.FromDateTime(date), TimeOnly.FromTimeSpan(time)));
    }

    private void Show(DateTimeOffset instant)
    {
        _asked = true;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("asOf", ConsoleLinks.Format(instant)));
    }

    private void GoLive()
    {
        (_picking, _asked) = (false, true);
        if (!Moment.IsLive) Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("asOf", (string?)null));
    }

    private DateTimeOffset Local(DateTimeOffset instant) => Province.Local(instant);

    private string Clock(DateTimeOffset instant) => Local(instant).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string SpanName(int days) => string.Create(CultureInfo.InvariantCulture, $"AsOf.Span.{days}");
}
