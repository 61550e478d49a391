using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Demo.Access;

/// <summary>
/// Illustrative agreements that let the centre's own agencies read every specific indicator, so that a demonstration shows the
/// whole set. They hold as long as the illustrative history. One that somebody ended stays ended.
/// </summary>
internal sealed class IllustrativeAgreements(CatalogueCache catalogue, RecordAgreementHandler record, ProvinceTime time)
{
    // The operating unit, the centre that runs it, the owning authority.
    private static readonly string[] Readers = ["IOC", "QTI", "UBND"];

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (catalogue.Current.FormList.IsEmpty) return;
        var from = time.StartOf(catalogue.Current.FormList.Min(f => f.AssignedFrom));
        var held = catalogue.Current.Agreements.Select(a => (a.Indicator, a.Reader)).ToHashSet();
        var missing = catalogue.Current.IndicatorList.Where(i => i.Sharing == SharingClass.Specific)
            .SelectMany(i => Readers.Where(r => r != i.Agency && catalogue.Current.Agencies.ContainsKey(r) && !held.Contains((i.Code, r))), (i, reader) => (i.Code, Reader: reader))
            .Select(a => new RecordAgreement(a.Code, a.Reader, from, null, DemoTexts.Vietnamese("Agreement"), AuditActor.Itself)).ToList();
        if (missing.Count > 0) await record.HandleAll(missing, cancellation);
    }
}
