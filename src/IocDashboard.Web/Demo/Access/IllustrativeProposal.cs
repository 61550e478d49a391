using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Demo.Access;

/// <summary>One proposal that waits for its decision, so that a demonstration shows how the set is governed. Its reason says that it is illustrative.</summary>
internal sealed class IllustrativeProposal(FindProposals find, ProposeChangeHandler propose, CatalogueCache catalogues, ProvinceTime time, TimeProvider clock)
{
    // Visitors, to be counted in thousands: a change of unit, which would begin a new series.
    private const string Code = "DL01";

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (!catalogues.Current.Indicators.TryGetValue(Code, out var indicator)) return;
        if ((await find.Handle(Sight.OfNobody, governs: true, cancellation)).Count > 0) return;
        var first = ReportingPeriod.Containing(Rhythm.Yearly, time.DayOf(clock.GetUtcNow())).Next.FirstDay;
        // Range and limits follow the unit.
        var (limits, thousandth) = (indicator.Thresholds, 0.001m);
        var changed = indicator with
        {
            Unit = new("nghìn " + indicator.Unit.Vi, "thousand " + indicator.Unit.En), Decimals = 1, PlausibleMin = indicator.PlausibleMin * thousandth, PlausibleMax = indicator.PlausibleMax * thousandth,
            Thresholds = limits with
            {
                TargetLow = limits.TargetLow * thousandth, TargetHigh = limits.TargetHigh * thousandth, Warning = limits.Warning * thousandth,
                Critical = limits.Critical * thousandth, Extreme = limits.Extreme * thousandth,
            },
        };
        await propose.Handle(
            new(ChangeKind.Change, changed, [], WordingOnly: false, first, DemoTexts.Vietnamese("Proposal"), AuditActor.Itself with { Name = DemoTexts.Vietnamese("Proposer") }),
            cancellation);
    }
}
