using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary><c>agencies.csv</c>, as the register stood on one day.</summary>
internal static class AgencyRows
{
    public const string File = "agencies.csv";

    public static readonly string[] Columns =
        ["code", "name_vi", "name_en", "kind", "role", "parent_code", "valid_from", "valid_to", "successor_code"];

    /// <summary>Rows valid on the day, open-ended from then on: a later merger is another import, with its own decision.</summary>
    public static IReadOnlyList<Agency> Read(IReadOnlyList<ReferenceRow> rows, DateOnly structureOf)
    {
        var agencies = new List<Agency>();
        var known = rows.Select(r => r.Text("code")).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var name = row.Both("name_vi", "name_en");
            var agency = new Agency(
                row.Code("code"), name, row.Short(name), row.Required("kind"),
                row.Required("role"), row.Optional("parent_code"), row.Date("valid_from"), row.Date("valid_to"), row.Optional("successor_code"));
            if (agency.Code.Length > 0 && !seen.Add(agency.Code)) row.Find("code", "duplicate-code", agency.Code);
            if (agency.Parent is { } parent && !known.Contains(parent)) row.Find("parent_code", "unknown-agency", parent);
            if (agency.Successor is { } successor && !known.Contains(successor)) row.Find("successor_code", "unknown-agency", successor);
            if (agency is { ValidFrom: { } from, ValidTo: { } to } && to <= from) row.Find("valid_to", "bad-range", row.Text("valid_to"));
            if (agency.ValidFrom is { } begins && begins > structureOf) continue;
            if (agency.ValidTo is { } ends && ends <= structureOf) continue;
            agencies.Add(agency with { ValidTo = null, Successor = null });
        }

        return agencies;
    }
}

/// <summary><c>areas.csv</c>: the province, its districts, stations, sites and reservoirs.</summary>
internal static class AreaRows
{
    public const string File = "areas.csv";

    public static readonly string[] Columns =
        ["code", "name_vi", "name_en", "kind", "parent_code", "map_col", "map_row", "indicators"];

    /// <summary>The areas, and for each indicator the places that the register names for it.</summary>
    public static (IReadOnlyList<Area> Areas, ILookup<string, string> Places) Read(
        IReadOnlyList<ReferenceRow> rows, IReadOnlyCollection<string> indicatorCodes, IReadOnlyDictionary<string, Agency> agencies)
    {
        var areas = new List<Area>();
        var places = new List<(string Indicator, string Area)>();
        var known = rows.Select(r => r.Text("code")).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var onMap = new Dictionary<(int, int), string>();
        foreach (var row in rows)
        {
            var (name, kind) = (row.Both("name_vi", "name_en"), row.Required("kind"));
            var area = new Area(
                row.Code("code"), name, row.Short(AreaNames.WithoutKind(name, kind)),
                kind, row.Optional("parent_code"), row.Integer("map_col", 0, 99), row.Integer("map_row", 0, 99));
            if (area.Code.Length > 0 && !seen.Add(area.Code)) row.Find("code", "duplicate-code", area.Code);
            if (area.Parent is { } parent && !known.Contains(parent)) row.Find("parent_code", "unknown-area", parent);

            // A district's People's Committee has its area's code; any other shared code would make a cell ambiguous.
            if (!area.IsDistrict && agencies.ContainsKey(area.Code)) row.Find("code", "overlap", area.Code);
            if (area is { MapColumn: { } column, MapRow: { } line } && !onMap.TryAdd((column, line), area.Code)) row.Find("map_col", "overlap", onMap[(column, line)]);
            foreach (var code in row.Text("indicators").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!indicatorCodes.Contains(code)) row.Find("indicators", "unknown-indicator", code);
                places.Add((code, area.Code));
            }

            areas.Add(area);
        }

        if (rows.Count > 0 && !seen.Contains(Area.ProvinceCode)) rows[0].Find("code", "missing-value", Area.ProvinceCode);
        return (areas, places.ToLookup(p => p.Indicator, p => p.Area, StringComparer.Ordinal));
    }
}

/// <summary><c>holidays.csv</c>: days off and working Saturdays.</summary>
internal static class CalendarRows
{
    public const string File = "holidays.csv";

    public static readonly string[] Columns = ["date", "name_vi", "name_en", "confirmed", "kind", "basis"];

    private static readonly Dictionary<string, string> Kinds =
        CalendarDay.Kinds.ToDictionary(k => k, StringComparer.Ordinal);

    private static readonly Dictionary<string, bool> YesOrNo = new(StringComparer.Ordinal) { ["yes"] = true, ["no"] = false };

    public static IReadOnlyList<CalendarDay> Read(IReadOnlyList<ReferenceRow> rows)
    {
        var days = new Dictionary<DateOnly, CalendarDay>();
        foreach (var row in rows)
        {
            row.Required("date");
            if (row.Date("date") is not { } date) continue;
            var name = row.Both("name_vi", "name_en");
            var day = new CalendarDay(date, name.Vi, name.En, row.Word("confirmed", YesOrNo), row.Word("kind", Kinds), row.Required("basis"));
            if (day.Kind == CalendarDay.WorkingSaturday && date.DayOfWeek != DayOfWeek.Saturday) row.Find("kind", "not-a-saturday", row.Text("date"));
            if (!days.TryAdd(date, day)) row.Find("date", "duplicate-code", row.Text("date"));
        }

        return [.. days.Values];
    }
}
