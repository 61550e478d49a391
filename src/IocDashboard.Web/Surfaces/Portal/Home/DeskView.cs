using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Surfaces.Portal.Requests;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Requests;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Home;

/// <summary>One report, ready to be drawn.</summary>
/// <param name="Due">The due instant; <paramref name="When"/> says how far it is, or when it was sent.</param>
/// <param name="Act">The word on its button.</param>
/// <param name="IsHot">Wants a hand now.</param>
public sealed record DeskRow(
    string Id, string Href, ObligationState State, Sheet? Sheet, string Title, string Period, string Due, string When, int Filled, int Cells, string By, string Act, bool IsHot)
{
    /// <summary>Of a data request, how it stands; null of a report.</summary>
    public AnswerState? Request { get; init; }
}

/// <summary>An agency's desk at one moment: what wants a hand now, what comes, what was sent.</summary>
public sealed record DeskView(string Headline, string Lead, ImmutableArray<DeskRow> Now, ImmutableArray<DeskRow> Soon, ImmutableArray<DeskRow> Sent, int MoreNow)
{
    private const int MostNow = 40, MostSoon = 8, MostSent = 8;

    // What is due today or tonight wants a hand now, whatever the form's rhythm.
    private static readonly TimeSpan Pressing = TimeSpan.FromHours(12);

    public static DeskView Of(IReadOnlyList<DeskReport> reports, CatalogueSnapshot catalogue, DateTimeOffset now, ProvinceTime time, CultureInfo culture,
        IReadOnlyList<DeskRequest>? requests = null)
    {
        var asked = RequestRows.Of(requests ?? [], catalogue, now, time, culture);
        var rows = reports.Where(r => catalogue.Forms.ContainsKey(r.Report.Form))
            .Select(r => (Report: r, State: StateOf(r.Report, now))).ToList();
        var hot = rows.Where(r => r.State is ObligationState.Returned or ObligationState.Overdue or ObligationState.DueSoon or ObligationState.Draft).ToList();
        var soon = rows.Where(r => r.State is ObligationState.Open or ObligationState.Upcoming)
            .OrderBy(r => r.Report.Report.DueAt).ThenBy(r => r.Report.Report.StartsAt).ThenBy(r => r.Report.Report.Id, StringComparer.Ordinal).ToList();
        var sent = rows.Where(r => r.State is ObligationState.Submitted or ObligationState.Verified or ObligationState.Locked && r.Report.Report.SubmittedAt is not null)
            .OrderByDescending(r => r.Report.Report.SubmittedAt).Take(MostSent).ToList();
        var ordered = hot.OrderBy(r => r.State == ObligationState.Returned ? 0 : 1).ThenByDescending(r => r.State == ObligationState.Overdue)
            // Of what is overdue the newest first, of what is not yet the nearest.
            .ThenByDescending(r => r.State == ObligationState.Overdue ? r.Report.Report.ActBy : now - (r.Report.Report.ActBy - now)).ToList();
        var (headline, lead) = Said(hot.Select(h => h.State).ToList(), asked.Now.Length, soon.FirstOrDefault().Report, catalogue, now, time, culture);
        return new(
            headline, lead, [.. asked.Now, .. ordered.Take(MostNow).Select(Row)], [.. soon.Take(MostSoon).Select(Row)], [.. asked.Sent.Take(MostSent), .. sent.Select(Row)],
            Math.Max(0, ordered.Count - MostNow));

        DeskRow Row((DeskReport Report, ObligationState State) item) => RowOf(item.Report, item.State, catalogue, now, time, culture);
    }

    private static ObligationState StateOf(Report report, DateTimeOffset now) =>
        Obligation.StateAt(report, now) is var state && state == ObligationState.Open && report.DueAt - now < Pressing ? ObligationState.DueSoon : state;

    public static DeskRow RowOf(DeskReport desk, ObligationState state, CatalogueSnapshot catalogue, DateTimeOffset now, ProvinceTime time, CultureInfo culture)
    {
        var (report, form) = (desk.Report, catalogue.Forms[desk.Report.Form]);
        var cells = form.Indicators.Sum(i => i.Areas.Length);
        var settled = state is ObligationState.Submitted or ObligationState.Verified or ObligationState.Locked;
        return new(
            report.Id, PortalLinks.Sheet(report), state, desk.Sheet, FormTitle.Of(form, catalogue, culture), PeriodText.Long(report.Period, culture),
            Instant(report.ActBy, time), WhenOf(report, state, now, time, culture), (settled || report.UpdateDue is not null) && desk.Sheet is null ? cells : desk.Filled, cells, desk.LastBy ?? "",
            T(ActOf(state, desk.Sheet, report.SubmittedAt is not null)), state is ObligationState.Returned or ObligationState.Overdue or ObligationState.DueSoon);
    }

    private static string ActOf(ObligationState state, Sheet? sheet, bool isReceived) => state switch
    {
        ObligationState.Submitted or ObligationState.Verified or ObligationState.Locked or ObligationState.Upcoming => "Act.View",
        ObligationState.Returned => "Act.Mend",
        _ when isReceived && sheet is null => "Act.Correct",
        _ => sheet is null ? "Act.Enter" : "Act.Continue",
    };

    private static string WhenOf(Report report, ObligationState state, DateTimeOffset now, ProvinceTime time, CultureInfo culture) => report switch
    {
        { MendBy: { } mendBy } when state == ObligationState.Returned => T("When.MendBy", Instant(mendBy, time)),
        { UpdateDue: { } update } when state is ObligationState.Overdue or ObligationState.DueSoon => T(update.DueAt <= now ? "When.Update.Overdue" : "When.Update.Left", AgeScale.Words((update.DueAt - now).Duration(), culture)),
        { SubmittedAt: { } sent } => T("When.Sent", Instant(sent, time), T($"Punctuality.{report.Punctuality}")),
        _ when state == ObligationState.Locked => T("When.Locked"),
        _ when state == ObligationState.Upcoming => T("When.Opens", Instant(report.OpensAt, time)),
        _ when report.DueAt <= now => T("When.Overdue", AgeScale.TwoWords(now - report.DueAt, culture)),
        _ => T("When.Left", AgeScale.TwoWords(report.DueAt - now, culture)),
    };

    private static (string Headline, string Lead) Said(
        List<ObligationState> hot, int requests, DeskReport? next, CatalogueSnapshot catalogue, DateTimeOffset now, ProvinceTime time, CultureInfo culture)
    {
        int Count(ObligationState state) => hot.Count(s => s == state);
        var (returned, overdue, soon, drafts) = (Count(ObligationState.Returned), Count(ObligationState.Overdue), Count(ObligationState.DueSoon), Count(ObligationState.Draft));
        var parts = new List<string>();
        if (returned > 0) parts.Add(T("Head.Returned", returned));
        if (overdue > 0) parts.Add(T("Head.Overdue", overdue));
        if (soon > 0) parts.Add(T("Head.Soon", soon));
        if (requests > 0) parts.Add(RequestWords.R("Head.Requests", requests));
        if (parts.Count == 0 && drafts > 0) parts.Add(T("Head.Drafts", drafts));
        var headline = parts.Count == 0 ? T("Head.Nothing") : Capital(string.Join(", ", parts));
        var lead = next is null ? T("Lead.NoNext") : T(
            "Lead.Next", FormTitle.Of(catalogue.Forms[next.Report.Form], catalogue, culture), PeriodText.Long(next.Report.Period, culture),
            Instant(next.Report.DueAt, time), AgeScale.TwoWords(next.Report.DueAt - now, culture));
        return (headline, lead);
    }

    private static string Capital(string text) => char.ToUpper(text[0], CultureInfo.CurrentCulture) + text[1..];

    private static string Instant(DateTimeOffset instant, ProvinceTime time) => time.Local(instant).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);
}
