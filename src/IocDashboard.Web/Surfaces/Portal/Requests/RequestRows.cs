using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Surfaces.Portal.Home;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Shared.Requests.RequestWords;

namespace IocDashboard.Web.Surfaces.Portal.Requests;

/// <summary>Data requests among the reports on an agency's desk: what was asked out of its rhythm wants a hand from the asking on.</summary>
internal static class RequestRows
{
    public static (ImmutableArray<DeskRow> Now, ImmutableArray<DeskRow> Sent) Of(
        IReadOnlyList<DeskRequest> requests, CatalogueSnapshot catalogue, DateTimeOffset now, ProvinceTime time, CultureInfo culture) =>
    (
        [.. requests.Where(r => r.Asked.Owes).Select(r => RowOf(r, catalogue, now, time, culture))],
        [.. requests.Where(r => !r.Asked.Owes && r.Asked.AnsweredAt is not null).OrderByDescending(r => r.Asked.AnsweredAt).Select(r => RowOf(r, catalogue, now, time, culture))]
    );

    private static DeskRow RowOf(DeskRequest desk, CatalogueSnapshot catalogue, DateTimeOffset now, ProvinceTime time, CultureInfo culture)
    {
        var (request, asked) = (desk.Request, desk.Asked);
        var (due, state) = (asked.ActBy, asked.StateAt(now));
        var authority = catalogue.Agencies.TryGetValue(request.Authority, out var agency) ? agency.ShortName.In(culture) : request.Authority;
        return new(
            request.Number, PortalLinks.Request(request.Number), state, null, request.Title, R("Desk.From", authority, Day(request.AskedAt)), Instant(due),
            asked.Owes ? due > now ? R("Left", AgeScale.TwoWords(due - now, culture)) : R("Over", AgeScale.TwoWords(now - due, culture))
                : R("Answered.At", Instant(asked.AnsweredAt!.Value), R($"Punctuality.{asked.Punctuality}")),
            desk.Filled, request.Questions.Length, desk.LastBy ?? "",
            PortalText.T(asked.Owes ? asked.State == AnswerState.Returned ? "Act.Mend" : desk.Filled > 0 ? "Act.Continue" : "Act.Enter" : "Act.View"),
            state is ObligationState.Overdue or ObligationState.DueSoon or ObligationState.Returned)
        {
            Request = asked.State,
        };

        string Instant(DateTimeOffset instant) => time.Local(instant).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);

        string Day(DateTimeOffset instant) => time.Local(instant).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
    }
}
