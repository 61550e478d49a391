using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console.Grid;

namespace IocDashboard.Web.Surfaces.Console.FocalPoints;

public enum FocalPointTab { All, Missing, Alone }

/// <summary>One agency and whom it has named, as of a day.</summary>
/// <param name="Reports">It owes reports or measurements: without a principal it is flagged.</param>
/// <param name="Named">All that it ever named, principals first, the youngest first among each.</param>
/// <param name="Folded">What the filter looks in.</param>
public sealed record AgencyLine(
    Agency Agency, bool Reports, FocalPoint? Principal, ImmutableArray<FocalPoint> Deputies, ImmutableArray<FocalPoint> Named, DateOnly Day, string Folded)
{
    public bool IsMissing => Reports && Principal is null;

    public bool IsAlone => Reports && Principal is not null && Deputies.IsEmpty;

    /// <summary>The nearest principal to come.</summary>
    public FocalPoint? Next => Named.Where(f => f.Kind == FocalPointKind.Principal && !f.Validity.IsEmpty && f.Validity.From > Day).MinBy(f => f.Validity.From);

    /// <summary>The last principal that there was.</summary>
    public FocalPoint? Last => Named.Where(f => f.Kind == FocalPointKind.Principal && !f.Validity.IsEmpty && f.Validity.Until <= Day).MaxBy(f => f.Validity.Until);

    /// <summary>Those that hold on the day or will.</summary>
    public IEnumerable<FocalPoint> Present => Named.Where(f => !f.Validity.IsEmpty && (f.Validity.Until is null || f.Validity.Until > Day));

    public IEnumerable<FocalPoint> Past => Named.Except(Present);

    public static AgencyLine Of(Agency agency, bool reports, IEnumerable<FocalPoint> named, DateOnly day, CultureInfo culture)
    {
        ImmutableArray<FocalPoint> all = [.. named];
        var principal = all.FirstOrDefault(f => f.Kind == FocalPointKind.Principal && f.IsValidOn(day));
        ImmutableArray<FocalPoint> deputies = [.. all.Where(f => f.Kind == FocalPointKind.Deputy && f.IsValidOn(day))];
        var words = deputies.Append(principal).OfType<FocalPoint>().SelectMany(f => new[] { f.Contact.Name, f.Contact.Position, f.Contact.Phone, f.Contact.Email });
        return new(agency, reports, principal, deputies, all, day,
            PlainText.Fold(string.Join('\n', words.Prepend(agency.ShortName.In(culture)).Prepend(agency.Name.In(culture)).Prepend(agency.Code))));
    }
}

/// <summary>The register as a reader may see it: every agency that reports and every one that named somebody, missing ones first.</summary>
public sealed record AgencyLines(ImmutableArray<AgencyLine> All)
{
    public static readonly AgencyLines None = new([]);

    public static AgencyLines Of(CatalogueSnapshot catalogue, AgencyScope scope, IReadOnlyList<FocalPoint> register, DateOnly day, CultureInfo culture)
    {
        var named = register.ToLookup(f => f.Agency, StringComparer.Ordinal);
        var reporting = FindFocalPoints.Reporting(catalogue).ToHashSet(StringComparer.Ordinal);
        return new(
        [
            .. catalogue.AgencyList.Where(a => scope.Covers(a.Code) && (reporting.Contains(a.Code) || named.Contains(a.Code)))
                .Select(a => AgencyLine.Of(a, reporting.Contains(a.Code), named[a.Code], day, culture))
                .OrderBy(l => !l.IsMissing),
        ]);
    }

    public int Count(FocalPointTab tab) => All.Count(l => IsIn(l, tab));

    public ImmutableArray<AgencyLine> Find(FocalPointTab tab, string? search)
    {
        var words = PlainText.Words(search);
        return [.. All.Where(l => IsIn(l, tab) && PlainText.Matches(l.Folded, words))];
    }

    private static bool IsIn(AgencyLine line, FocalPointTab tab) => tab switch
    {
        FocalPointTab.Missing => line.IsMissing,
        FocalPointTab.Alone => line.IsAlone,
        _ => true,
    };
}
