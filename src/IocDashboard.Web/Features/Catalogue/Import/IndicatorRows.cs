using System.Collections.Frozen;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary><c>indicators.csv</c>: the indicator set.</summary>
internal static class IndicatorRows
{
    public const string File = "indicators.csv";

    public static readonly string[] Columns =
    [
        "code", "field_code", "field_vi", "field_en", "name_vi", "name_en", "unit_vi", "unit_en", "decimals", "direction",
        "periodicity", "accumulation", "deadline_rule", "agency_code", "breakdown", "aggregation", "plausible_min",
        "plausible_max", "target", "warn", "critical", "extreme", "sharing_class", "threshold_basis", "value_status",
    ];

    private static readonly FrozenDictionary<string, Direction> Directions = Words<Direction>();
    private static readonly FrozenDictionary<string, Accumulation> Accumulations = Words<Accumulation>();
    private static readonly FrozenDictionary<string, Breakdown> Breakdowns = Words<Breakdown>();
    private static readonly FrozenDictionary<string, Aggregation> Aggregations = Words<Aggregation>();
    private static readonly FrozenDictionary<string, SharingClass> Sharings = Words<SharingClass>();

    // "halfyearly" is how the rhythm was named before; files that say so are still read.
    private static readonly FrozenDictionary<string, Rhythm> Rhythms = Enum.GetValues<Rhythm>()
        .Select(r => KeyValuePair.Create(r.Name(), r)).Append(KeyValuePair.Create("halfyearly", Rhythm.HalfYearly))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<Indicator> Read(IReadOnlyList<ReferenceRow> rows, IReadOnlyDictionary<string, Agency> agencies)
    {
        var indicators = new List<Indicator>();
        var byCode = new Dictionary<string, Indicator>(StringComparer.Ordinal);
        var byName = new Dictionary<string, Indicator>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            var indicator = Read(row);
            if (indicator.Agency.Length > 0 && !agencies.ContainsKey(indicator.Agency)) row.Find("agency_code", "unknown-agency", indicator.Agency);
            if (indicator.Code.Length > 0 && byCode.TryGetValue(indicator.Code, out var first))
            {
                // Article 3.3: no overlap. The same code under another agency would make two of them answer for one figure.
                row.Find("code", first.Agency == indicator.Agency ? "duplicate-code" : "overlap", indicator.Code);
                continue;
            }

            if (!byName.TryAdd(indicator.Name.Vi, indicator) && indicator.Name.Vi.Length > 0) row.Find("name_vi", "overlap", byName[indicator.Name.Vi].Code);
            byCode[indicator.Code] = indicator;
            indicators.Add(indicator);
        }

        return indicators;
    }

    private static Indicator Read(ReferenceRow row)
    {
        var rhythm = row.Word("periodicity", Rhythms);
        var direction = row.Word("direction", Directions);
        var name = row.Both("name_vi", "name_en");
        var indicator = new Indicator(
            row.Code("code"), row.Code("field_code"), row.Both("field_vi", "field_en"), name,
            row.Short(name), row.Both("unit_vi", "unit_en"), row.Integer("decimals", 0, 6) ?? 0, direction,
            rhythm, row.Word("accumulation", Accumulations), Rule(row, rhythm), row.Code("agency_code"),
            row.Word("breakdown", Breakdowns), row.Word("aggregation", Aggregations),
            row.RequiredNumber("plausible_min"), row.RequiredNumber("plausible_max"), Limits(row, direction),
            row.Word("sharing_class", Sharings), row.Required("value_status"));
        if (indicator.PlausibleMin > indicator.PlausibleMax) row.Find("plausible_max", "bad-range", row.Text("plausible_max"));
        return indicator;
    }

    private static string Rule(ReferenceRow row, Rhythm rhythm)
    {
        var text = row.Required("deadline_rule");
        if (text.Length == 0) return text;
        if (!DeadlineRule.TryParse(text, out var rule)) row.Find("deadline_rule", "bad-rule", text);
        else if (rule is StreamRule != rhythm.IsStreamed()) row.Find("deadline_rule", "rule-not-for-rhythm", text);
        else if (rule is FixedDates fix && fix.Dates.Count != PeriodsInYear(rhythm)) row.Find("deadline_rule", "rule-not-for-rhythm", text);
        return text;
    }

    /// <summary>How many dates a <c>fixed=</c> rule must list: one for each period of the year.</summary>
    private static int PeriodsInYear(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Monthly => 12,
        Rhythm.Quarterly => 4,
        Rhythm.HalfYearly => 2,
        Rhythm.Yearly => 1,
        _ => -1,
    };

    private static Thresholds Limits(ReferenceRow row, Direction direction)
    {
        var (low, high) = Target(row);
        decimal? warning = row.Number("warn"), critical = row.Number("critical"), extreme = row.Number("extreme");
        decimal[] limits = [.. new[] { warning, critical, extreme }.OfType<decimal>()];
        var worsens = direction == Direction.Higher ? limits.OrderDescending() : limits.Order();
        if (!worsens.SequenceEqual(limits)) row.Find("warn", "bad-thresholds", string.Join(" · ", row.Text("warn"), row.Text("critical"), row.Text("extreme")));
        return new(low, high, warning, critical, extreme, row.Required("threshold_basis"));
    }

    /// <summary>One number, or for a band <c>180..330</c>.</summary>
    private static (decimal? Low, decimal? High) Target(ReferenceRow row)
    {
        if (row.Optional("target") is not { } text) return (null, null);
        var split = text.Split("..", StringSplitOptions.None);
        var low = row.Parse("target", split[0]);
        var high = split.Length == 2 ? row.Parse("target", split[1]) : low;
        if (split.Length > 2 || high < low) row.Find("target", "bad-range", text);
        return (low, high);
    }

    private static FrozenDictionary<string, T> Words<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(v => v.ToString().ToLowerInvariant(), v => v, StringComparer.Ordinal);
}
