using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overview;

public sealed partial class AttentionPane
{
    /// <summary>What fits without scrolling; the board has the rest.</summary>
    private const int MostOverdue = 9, MostLate = 5, MostSoon = 4;

    private ValueList<Group> _groups = new([]);
    private ValueList<Group>? _drawn;
    private (long, DateTimeOffset?)? _second;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    protected override void OnParametersSet()
    {
        var second = (Moment.Now.ToUnixTimeSeconds(), Moment.AsOf);
        if (_second == second && Moment.IsLive) return;
        _second = second;
        var reports = Moment.Board.Reports.Values;
        _groups = new(
        [
            GroupOf("Att.Overdue", reports.Where(r => r.IsOverdue).OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal), MostOverdue, Overdue),
            GroupOf("Att.Late", reports.Where(r => r.IsReceivedLate).OrderByDescending(r => r.SubmittedAt).ThenBy(r => r.Id, StringComparer.Ordinal), MostLate, ReceivedLate),
            GroupOf("Att.Soon", reports.Where(r => r.IsDueSoonAt(Moment.Now)).OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal), MostSoon, DueSoon),
        ]);
    }

    protected override bool ShouldRender()
    {
        if (_groups.Equals(_drawn)) return false;
        _drawn = _groups;
        return true;
    }

    /// <summary>Over a week is critical, over a day a warning.</summary>
    public static FigureState StateOf(TimeSpan overdue) =>
        overdue > BoardSummary.Long ? FigureState.Critical : overdue > TimeSpan.FromDays(1) ? FigureState.Warning : FigureState.Normal;

    private static Group GroupOf(string name, IEnumerable<OpenReport> reports, int most, Func<OpenReport, Item> item)
    {
        var all = reports.ToList();
        return new Group(name, all.Count, new(all.Take(most).Select(item)));
    }

    private Item Overdue(OpenReport report)
    {
        var age = Moment.Now - report.DueAt;
        return ItemOf(report, StateOf(age), "un", AgeScale.TwoWords(age, CultureInfo.CurrentUICulture), T("Att.Due", When(report.DueAt)));
    }

    private Item ReceivedLate(OpenReport report) => ItemOf(
        report, FigureState.Normal, "", T("Att.Behind", AgeScale.Words((report.SubmittedAt ?? report.DueAt) - report.DueAt, CultureInfo.CurrentUICulture)),
        T("Att.Received", When(report.SubmittedAt ?? report.DueAt)));

    private Item DueSoon(OpenReport report) => ItemOf(
        report, FigureState.Normal, "", T("Att.Left", AgeScale.Words(report.DueAt - Moment.Now, CultureInfo.CurrentUICulture)), T("Att.Due", When(report.DueAt)));

    private Item ItemOf(OpenReport report, FigureState state, string style, string age, string when) => new(
        report.Id, state, style, report.Agency.ShortName.In(CultureInfo.CurrentUICulture), $"{report.Form.Code} · {FigureText.PeriodOf(report.Period, CultureInfo.CurrentUICulture)}", age, when,
        ConsoleLinks.Report(report.Form.Code, report.Agency.Code, report.Period, Moment.AsOf));

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);

    private sealed record Group(string Name, int Total, ValueList<Item> Items);

    private sealed record Item(string Id, FigureState State, string Style, string Agency, string Report, string Age, string When, string Href);
}
