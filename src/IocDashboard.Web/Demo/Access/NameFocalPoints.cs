using IocDashboard.Domain.FocalPoints;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Demo.Access;

/// <summary>
/// Names invented focal points for a demonstration's agencies, once. Two agencies have none, so that the flag shows: one never
/// named anybody, the other's has ended. Nobody could take the names, numbers and addresses for real ones.
/// </summary>
internal sealed class NameFocalPoints(
    FindFocalPoints find, RecordFocalPointHandler record, EndFocalPointHandler end, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock)
{
    private const string NeverNamed = "DSMS", Ended = "CHKCL";

    // Whose focal point changed in the course of the year: a history to look at.
    private static readonly HashSet<string> Changed = ["SYT", "SKHDT", "CTHUE"];

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if ((await find.Handle(AgencyScope.All, cancellation)).Count > 0) return;
        var today = time.DayOf(clock.GetUtcNow());
        foreach (var (agency, number) in FindFocalPoints.Reporting(catalogue.Current).Select((agency, i) => (agency, i)))
        {
            if (agency == NeverNamed) continue;
            var principal = await NameAsync(agency, FocalPointKind.Principal, number, today.AddMonths(-18), null, cancellation);
            if (agency == Ended)
                await end.Handle(new(principal.Id, today.AddDays(-12), Invented("RecordedBy"), clock.GetUtcNow()), AgencyScope.All, AuditActor.Itself, cancellation);
            if (Changed.Contains(agency)) await NameAsync(agency, FocalPointKind.Principal, number + 3, today.AddMonths(-5), principal.Id, cancellation);
            // Two in three have somebody to stand in.
            if (number % 3 != 2 && agency != Ended) await NameAsync(agency, FocalPointKind.Deputy, number + 5, today.AddMonths(-9), null, cancellation);
        }
    }

    private async Task<FocalPoint> NameAsync(string agency, FocalPointKind kind, int number, DateOnly from, Guid? replaces, CancellationToken cancellation)
    {
        var names = Invented("Names").Split(';');
        var positions = Invented("Positions").Split(';');
        var now = clock.GetUtcNow();
        var decision = await record.Handle(
            new(Guid.CreateVersion7(now), agency, kind, names[number % names.Length], positions[number % positions.Length],
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0235 000 {number + (kind == FocalPointKind.Deputy ? 500 : replaces is null ? 100 : 300):0000}"),
                $"{(kind == FocalPointKind.Deputy ? "duphong" : "daumoi")}.{agency.ToLowerInvariant()}@example.vn", from, null, replaces, Invented("RecordedBy"), now),
            AgencyScope.All, AuditActor.Itself, cancellation);
        return decision.Recorded ?? throw new InvalidOperationException($"No focal point for {agency}: {string.Join("; ", decision.Errors.Select(e => e.Field + " " + e.Code))}");
    }

    private static string Invented(string name) => DemoTexts.Vietnamese("FocalPoint." + name);
}
