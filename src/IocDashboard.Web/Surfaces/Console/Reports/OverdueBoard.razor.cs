using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Reports;

/// <summary>Every report that is overdue, was received late or is due soon; live, worst first.</summary>
public sealed partial class OverdueBoard
{
    private static readonly (ReportTab Tab, string Name)[] Tabs =
        [(ReportTab.Overdue, "Od.Tab.Overdue"), (ReportTab.Late, "Od.Tab.Late"), (ReportTab.Soon, "Od.Tab.Soon"), (ReportTab.All, "Od.Tab.All")];

    private ReportTab _tab = ReportTab.Overdue;
    private string _search = "";
    private ReportRows _rows = new([], 0, 0, 0);
    private ImmutableArray<Bucket> _buckets = [];
    private ImmutableArray<Bucket> _states = [];
    private (long, DateTimeOffset?)? _second;
    private bool _changed = true;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    /// <summary>The box itself keeps what was typed, to the letter: what is drawn for an earlier letter must not take a later one away.</summary>
    private string Searched => _search.Trim();

    protected override void OnParametersSet()
    {
        var second = (Moment.Now.ToUnixTimeSeconds(), Moment.AsOf);
        if (Moment.IsLive && _second == second) return;
        _second = second;
        Compose();
    }

    protected override bool ShouldRender() => _changed && !(_changed = false);

    private void Choose(ReportTab tab)
    {
        _tab = tab;
        Compose();
    }

    private void Search(string? typed)
    {
        _search = typed ?? "";
        Compose();
    }

    private void ClearSearch()
    {
        _search = "";
        _changed = true;
        Compose();
    }

    private void Compose()
    {
        var rows = ReportRows.Of(Moment.Board, _tab, Searched, Moment.Now, Moment.AsOf, Province, CultureInfo.CurrentUICulture);
        var (buckets, states) = Counts();
        if (rows.Rows.SequenceEqual(_rows.Rows) && rows.All == _rows.All && rows.Overdue == _rows.Overdue && buckets.SequenceEqual(_buckets) && states.SequenceEqual(_states)) return;
        (_rows, _buckets, _states, _changed) = (rows, buckets, states, true);
    }

    private (ImmutableArray<Bucket> Ages, ImmutableArray<Bucket> States) Counts()
    {
        var overdue = Moment.Board.Reports.Values.Where(r => r.IsOverdue).ToList();
        var days = overdue.Select(r => (Moment.Now - r.DueAt).TotalDays).ToList();
        return (
            Of(days.Count, ("Od.Bucket.Day", days.Count(d => d < 1)), ("Od.Bucket.3", days.Count(d => d is >= 1 and < 3)), ("Od.Bucket.7", days.Count(d => d is >= 3 and < 7)), ("Od.Bucket.More", days.Count(d => d >= 7))),
            Of(
                overdue.Count, ("Od.State.None", overdue.Count(r => r.State == ReportState.Open)), ("Od.State.Draft", overdue.Count(r => r.State == ReportState.Draft)),
                ("Od.State.Returned", Moment.Board.Reports.Values.Count(r => r.State == ReportState.Returned)), ("Od.State.Late", Moment.Board.Reports.Values.Count(r => r.IsReceivedLate))));

        static ImmutableArray<Bucket> Of(int whole, params ReadOnlySpan<(string Name, int Count)> counts)
        {
            var buckets = ImmutableArray.CreateBuilder<Bucket>(counts.Length);
            foreach (var (name, count) in counts)
                buckets.Add(new Bucket(name, count, whole == 0 ? 0 : Math.Min(100, count * 100 / whole), name == "Od.Bucket.More"));
            return buckets.ToImmutable();
        }
    }

    private static string OdClass(FigureState state) => state switch
    {
        FigureState.Critical => "od-crit",
        FigureState.Warning => "od-warn",
        _ => "od-n",
    };

    private sealed record Bucket(string Name, int Count, int Share, bool IsCritical);
}
