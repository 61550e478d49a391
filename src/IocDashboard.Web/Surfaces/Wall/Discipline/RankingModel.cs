using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>Agencies by the part of their reports that came in time in thirty days, worst first. Who owed nothing has no rank.</summary>
/// <param name="Before">What the hollow dot says; null where the panel has no room for it.</param>
/// <param name="None">Said in place of the columns.</param>
public sealed record RankingModel(string Title, string? Count, string? Before, string Late, string Missing, ValueList<RankColumn> Columns, string? None)
{
    /// <summary>As many as the panels hold.</summary>
    private const int AgencyRows = 11, AgencyColumns = 2, DistrictRows = 14;

    public static RankingModel OfAgencies(BoardState board, CultureInfo culture) =>
        Of(board, culture, isDistrict: false, AgencyRows, AgencyColumns, "Rank.Agencies", WallText.Get("Rank.Before", culture), WallText.Get("Rank.Agencies.None", culture));

    public static RankingModel OfDistricts(BoardState board, CultureInfo culture) => Of(
        board, culture, isDistrict: true, DistrictRows, 1, "Rank.Districts", before: null,
        WallText.Format("Rank.Districts.None", culture, board.Catalogue.AreaList.Count(a => a.IsDistrict)));

    private static RankingModel Of(BoardState board, CultureInfo culture, bool isDistrict, int rows, int columns, string title, string? before, string none)
    {
        var catalogue = board.Catalogue;
        var ranked = (board.Discipline?.Agencies ?? []).Where(a => IsDistrict(catalogue.Agencies.GetValueOrDefault(a.Agency)) == isDistrict)
            .OrderBy(a => a.Now.OnTimeRate).ThenByDescending(a => a.Now.Missing).ThenByDescending(a => a.Now.Late).ThenBy(a => a.Agency, StringComparer.Ordinal).ToList();
        var shown = ranked.Take(rows * columns).Select(a => RankRow.Of(a, NameOf(a.Agency), culture)).Chunk(rows)
            .Select((chunk, i) => new RankColumn((1 + (i * rows)).ToString(CultureInfo.InvariantCulture), new(chunk)));
        var count = ranked.Count <= rows * columns
            ? WallText.Format("Rank.All", culture, ranked.Count)
            : WallText.Format("Rank.Count", culture, rows * columns, ranked.Count);
        return new(
            WallText.Get(title, culture), ranked.Count == 0 ? null : count, before, WallText.Get("Rank.Late", culture), WallText.Get("Rank.Missing", culture), new(shown),
            ranked.Count > 0 ? null : board.Discipline is null ? WallText.Get("Discipline.NotYet", culture) : none);

        // A district is called as on the map: its heading says what it is.
        string NameOf(string code) => isDistrict && catalogue.Areas.TryGetValue(code, out var area)
            ? area.ShortName.In(culture)
            : catalogue.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(culture) : code;
    }

    private static bool IsDistrict(Agency? agency) => agency is { IsDistrict: true };
}

/// <param name="Start">Rank of its first row.</param>
public sealed record RankColumn(string Start, ValueList<RankRow> Rows);

/// <summary>One agency. Places are percentages of the plot.</summary>
/// <param name="Status"><c>normal</c>, <c>warning</c>, <c>critical</c>.</param>
/// <param name="Before">Where it stood thirty days before; null when it owed nothing then.</param>
/// <param name="BeforeSaid">The same for those who do not see the plot.</param>
public sealed record RankRow(
    string Code, string Name, string Status, string Word, string Value, string Place, string? Before, string MoveFrom, string MoveBy, string? BeforeSaid, string Late, string Missing)
{
    /// <summary>Where the plot begins, a percentage on time: what is worse stands at its edge.</summary>
    private const decimal Least = 62;

    public static readonly string Critical = At(TimelinessLevel.Critical), Warning = At(TimelinessLevel.Warning), Target = At(TimelinessLevel.Target);

    public static RankRow Of(AgencyDiscipline agency, string name, CultureInfo culture)
    {
        var now = TimelinessLevel.Percent(agency.Now.OnTimeRate ?? 0, 1);
        var level = TimelinessLevel.Of(now);
        var status = TimelinessLevel.IsAbnormal(level) ? level : "normal";
        decimal? before = agency.Before.OnTimeRate is { } rate ? TimelinessLevel.Percent(rate, 1) : null;
        var (place, placeBefore) = (PlaceOf(now), PlaceOf(before ?? now));
        return new(
            agency.Agency, name, status, SurfaceText.Get($"Status.{status}", culture), TimelinessLevel.Text(now, culture), Text(place),
            before is null ? null : Text(placeBefore), Text(Math.Min(place, placeBefore)), Text(Math.Abs(place - placeBefore)),
            before is { } past ? WallText.Format("Rank.Before.Said", culture, TimelinessLevel.Text(past, culture)) : null, Count(agency.Now.Late), Count(agency.Now.Missing));
    }

    private static decimal PlaceOf(decimal percent) => Math.Max(0, (percent - Least) / (100 - Least) * 100);

    private static string At(decimal percent) => Text(PlaceOf(percent));

    private static string Text(decimal place) => place.ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Count(int count) => count == 0 ? "·" : count.ToString(CultureInfo.InvariantCulture);
}
