using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.Indicators;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Reports;

/// <summary>One thing said of the report at the head of its page.</summary>
public sealed record ReportFact(string Name, string Value, string Note);

/// <summary>One cell of the latest submission, in words, with the value that it replaced.</summary>
public sealed record ReportCell(
    string Code, string Name, string Area, string Value, string Unit, ObservationStatus Status, string Before, string? Note, string? Returned, string Href, string Search);

/// <summary>One report at one instant, ready to be drawn.</summary>
public sealed record ReportView(
    Report Report, string Agency, FigureState Mark, string State, ImmutableArray<ReportFact> Facts, ImmutableArray<ReportSubmitted> Submissions,
    ImmutableArray<ReportCell> Cells, int CellsOfForm, ImmutableArray<(DateTimeOffset At, EventText Words)> Events)
{
    /// <returns>Null when the obligation was not open yet at the instant.</returns>
    public static ReportView? Of(IReadOnlyList<object> history, BoardState board, DateTimeOffset now, DateTimeOffset? asOf, ProvinceTime time, Func<string, string> nameOf, CultureInfo culture)
    {
        var events = history.Where(e => asOf is null || FindReportHistory.InstantOf(e) <= asOf).ToList();
        if (events is not [ReportOpened opened, ..]) return null;
        var report = events.Skip(1).Aggregate(Report.Create(opened), (state, e) => state.Apply(e));
        var submissions = events.OfType<ReportSubmitted>().Reverse().ToImmutableArray();
        var state = Obligation.StateAt(report, now);
        board = board with { Catalogue = board.Catalogue.At(report.Period.FirstDay) };
        var form = board.Catalogue.Forms.GetValueOrDefault(report.Form);
        return new ReportView(
            report, board.Catalogue.Agencies.TryGetValue(report.Agency, out var agency) ? agency.Name.In(culture) : report.Agency,
            MarkOf(state, now - (report.UpdateDue?.DueAt ?? report.DueAt)), T($"Obligation.{state}"), FactsOf(report, state, now, time, culture), submissions,
            CellsOf(submissions, events.OfType<ReportReturned>().LastOrDefault(), board, asOf, culture), form?.Indicators.Sum(i => i.Areas.Length) ?? 0,
            [.. events.Select(e => (FindReportHistory.InstantOf(e), EventText.Of(e, time, nameOf))).Reverse()]);
    }

    private static FigureState MarkOf(ObligationState state, TimeSpan overdue) => state switch
    {
        ObligationState.Overdue => overdue > BoardSummary.Long ? FigureState.Critical : FigureState.Warning,
        ObligationState.Returned => FigureState.Warning,
        _ => FigureState.Normal,
    };

    private static ImmutableArray<ReportFact> FactsOf(Report report, ObligationState state, DateTimeOffset now, ProvinceTime time, CultureInfo culture) =>
    [
        new("Rep.Opens", When(report.OpensAt, time), ""),
        new("Rep.Due", When(report.DueAt, time), state == ObligationState.Overdue && report.UpdateDue is null ? T("Od.Behind", AgeScale.TwoWords(now - report.DueAt, culture))
            : report.SubmittedAt is null && report.DueAt > now ? T("Od.Left", AgeScale.TwoWords(report.DueAt - now, culture)) : ""),
        new("Rep.Received", report.SubmittedAt is { } at ? When(at, time) : FigureText.None,
            report is { SubmittedAt: { } late, Punctuality: Punctuality.Late } ? T("Od.Behind", AgeScale.TwoWords(late - report.DueAt, culture)) : ""),
        .. report.UpdateDue is { } update ? [new ReportFact("Rep.Update", When(update.DueAt, time), now >= update.DueAt ? T("Od.Behind", AgeScale.TwoWords(now - update.DueAt, culture)) : T("Od.Left", AgeScale.TwoWords(update.DueAt - now, culture)))] : ImmutableArray<ReportFact>.Empty,
        new("Rep.Punctuality", T($"Punctuality.{report.Punctuality}"), ""),
        new("Rep.Revision", report.Revision == 0 ? FigureText.None : report.Revision.ToString(culture), ""),
        new("Rep.Lock", report.LocksAt is { } locks ? When(locks, time) : T("Rep.Never"), report.ExtendedTo > now ? T("Rep.Extended") : ""),
    ];

    /// <summary>The latest complete submission (else the latest draft), each cell with the value of the one before.</summary>
    private static ImmutableArray<ReportCell> CellsOf(
        ImmutableArray<ReportSubmitted> submissions, ReportReturned? returned, BoardState board, DateTimeOffset? asOf, CultureInfo culture)
    {
        if (submissions.IsEmpty) return [];
        var shown = submissions.FirstOrDefault(s => s.Complete) ?? submissions[0];
        var before = submissions.Where(s => s.Complete && s.Revision < shown.Revision).MaxBy(s => s.Revision)?.Values
            .GroupBy(v => (v.Indicator, v.Area)).ToDictionary(g => g.Key, g => g.First().Value) ?? [];
        var reasons = returned is not null && returned.Revision == shown.Revision
            ? returned.Reasons.GroupBy(r => (r.Indicator, r.Area)).ToDictionary(g => g.Key, g => g.First().Reason) : [];
        return [.. shown.Values.Select(v => CellOf(v, before, reasons, board, asOf, culture))];
    }

    private static ReportCell CellOf(
        CellValue value, Dictionary<(string, string), decimal?> before, Dictionary<(string, string), string> reasons, BoardState board, DateTimeOffset? asOf, CultureInfo culture)
    {
        var indicator = board.Catalogue.Indicators.GetValueOrDefault(value.Indicator);
        var area = board.Catalogue.Areas.GetValueOrDefault(value.Area);
        var name = indicator?.Name.In(culture) ?? value.Indicator;
        var place = value.Area == Area.ProvinceCode ? T("Area.Province") : area?.Name.In(culture) ?? value.Area;
        var changed = before.TryGetValue((value.Indicator, value.Area), out var earlier) && earlier != value.Value;
        return new ReportCell(
            value.Indicator, name, place, Number(value.Value), indicator?.Unit.In(culture) ?? "", value.Status, changed ? Number(earlier) : "", value.Note,
            reasons.GetValueOrDefault((value.Indicator, value.Area)), ConsoleLinks.Indicator(value.Indicator, value.Area, asOf), PlainText.Fold($"{value.Indicator} {name} {place}"));

        string Number(decimal? number) => number is { } n ? NumberText.Plain(n, indicator?.Decimals ?? 0, culture) : FigureText.None;
    }

    private static string When(DateTimeOffset instant, ProvinceTime time) => time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
