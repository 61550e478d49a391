using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>
/// When a figure is due. Grammar: <c>end+1d@08:00</c>, <c>end+5bd@17:00</c> (working days), <c>day20@17:00;cut=15-14</c>,
/// <c>fixed=04-01,07-01,10-01,12-01@09:00</c> for reports; <c>end+PT30M</c>, <c>stale=PT15M</c> for streams.
/// A report's deadline on a day that is not worked rolls forward to the next one that is.
/// </summary>
public abstract partial record DeadlineRule
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out DeadlineRule? rule)
    {
        rule = null;
        if (text is null) return false;
        if (AfterEndPattern().Match(text) is { Success: true } end)
            rule = new AfterEnd(Int(end, "n"), end.Groups["bd"].Value == "bd", Time(end));
        else if (DayOfMonthPattern().Match(text) is { Success: true } day)
            rule = DayOfMonth.From(Int(day, "n"), Time(day), day.Groups["cut"].Success ? (Int(day, "cut"), Int(day, "close")) : null);
        else if (FixedPattern().Match(text) is { Success: true } fix)
            rule = FixedDates.From(fix.Groups["d"].Captures.Select(c => c.Value), Time(fix));
        else if (StreamPattern().Match(text) is { Success: true } stream)
            rule = StreamRule.From(stream.Groups["kind"].Value == "end+", stream.Groups["span"].Value);
        return rule is not null;
    }

    // The catalogue knows a dozen rules, and each figure asks for its own.
    private static readonly ConcurrentDictionary<string, DeadlineRule> Parsed = new(StringComparer.Ordinal);

    /// <summary>For a rule of the catalogue, which was checked when it came in.</summary>
    public static DeadlineRule Parse(string text) => Parsed.GetOrAdd(text, static t =>
        TryParse(t, out var rule) ? rule : throw new FormatException($"Not a deadline rule: {t}"));

    /// <summary>First and last day that the period covers under this rule: <c>cut=15-14</c> moves a month to the 15th of the month before.</summary>
    public virtual (DateOnly First, DateOnly Last) Covers(ReportingPeriod period) => (period.FirstDay, period.LastDay);

    /// <summary>The instant (UTC) by which a report of the period must be received. Throws for a stream's rule.</summary>
    public abstract DateTimeOffset DueAt(ReportingPeriod period, WorkingCalendar calendar, ProvinceTime time);

    /// <summary>Whether the rule makes sense for figures of that rhythm; the catalogue admits no other.</summary>
    public abstract bool Fits(Rhythm rhythm);

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static TimeOnly Time(Match match) => TimeOnly.ParseExact(match.Groups["time"].ValueSpan, "HH:mm", CultureInfo.InvariantCulture);

    private const string At = "@(?<time>([01][0-9]|2[0-3]):[0-5][0-9])";

    [GeneratedRegex("^end\\+(?<n>[1-9][0-9]{0,2})(?<bd>b?d)" + At + "\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AfterEndPattern();

    [GeneratedRegex("^day(?<n>[1-9]|[12][0-9]|3[01])" + At + "(;cut=(?<cut>[2-9]|1[0-9]|2[0-8])-(?<close>[1-9][0-9]?))?\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DayOfMonthPattern();

    [GeneratedRegex("^fixed=(?<d>[01][0-9]-[0-3][0-9])(,(?<d>[01][0-9]-[0-3][0-9]))*" + At + "\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FixedPattern();

    [GeneratedRegex("^(?<kind>stale=|end\\+)(?<span>PT[0-9HMS]+)\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex StreamPattern();
}

/// <summary><c>end+5bd@17:00</c>: so many (working) days after the period's last day.</summary>
public sealed record AfterEnd(int Days, bool Working, TimeOnly Time) : DeadlineRule
{
    public override bool Fits(Rhythm rhythm) => !rhythm.IsStreamed();

    public override DateTimeOffset DueAt(ReportingPeriod period, WorkingCalendar calendar, ProvinceTime time) => time.At(
        Working ? calendar.AddWorkingDays(period.LastDay, Days) : calendar.RollForward(period.LastDay.AddDays(Days)), Time);
}

/// <summary>
/// <c>day20@17:00;cut=15-14</c>: that day of the period's last month (the month's last day when it is shorter). With a cut the
/// period runs from that day of the month before its first month to the day before it in its last month: administrative
/// reports close on the 14th (Decree 09/2019).
/// </summary>
public sealed record DayOfMonth(int Day, TimeOnly Time, int? Cut) : DeadlineRule
{
    // A cut that does not close on the day before it opens would leave days out or count them twice.
    internal static DayOfMonth? From(int day, TimeOnly time, (int Opens, int Closes)? cut) =>
        cut is null || cut.Value.Closes == cut.Value.Opens - 1 ? new(day, time, cut?.Opens) : null;

    public override (DateOnly First, DateOnly Last) Covers(ReportingPeriod period) => Cut is not { } cut
        ? base.Covers(period)
        : (new DateOnly(period.FirstDay.Year, period.FirstDay.Month, cut).AddMonths(-1),
           new DateOnly(period.LastDay.Year, period.LastDay.Month, cut).AddDays(-1));

    public override bool Fits(Rhythm rhythm) => rhythm is Rhythm.Monthly or Rhythm.Quarterly or Rhythm.HalfYearly or Rhythm.Yearly;

    public override DateTimeOffset DueAt(ReportingPeriod period, WorkingCalendar calendar, ProvinceTime time)
    {
        var last = period.LastDay;
        var day = new DateOnly(last.Year, last.Month, Math.Min(Day, DateTime.DaysInMonth(last.Year, last.Month)));
        return time.At(calendar.RollForward(day), Time);
    }
}

/// <summary>
/// <c>fixed=04-01,07-01,10-01,12-01@09:00</c>: the n-th date of the period's own year for its n-th period. The last may
/// lie before the period's end: GRDP of the year is published, as an estimate, on 1 December of it (Decree 94/2022).
/// </summary>
public sealed record FixedDates(ValueList<(int Month, int Day)> Dates, TimeOnly Time) : DeadlineRule
{
    internal static FixedDates? From(IEnumerable<string> dates, TimeOnly time)
    {
        var parsed = new List<(int, int)>();
        foreach (var date in dates)
        {
            // A leap year, so that 02-29 can be written; it then falls on the month's last day.
            if (!DateOnly.TryParseExact("2024-" + date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
            parsed.Add((day.Month, day.Day));
        }

        return new(new(parsed), time);
    }

    public override bool Fits(Rhythm rhythm) => Dates.Count == rhythm switch
    {
        Rhythm.Yearly => 1,
        Rhythm.HalfYearly => 2,
        Rhythm.Quarterly => 4,
        Rhythm.Monthly => 12,
        _ => -1,
    };

    public override DateTimeOffset DueAt(ReportingPeriod period, WorkingCalendar calendar, ProvinceTime time)
    {
        var (month, dayOfMonth) = Dates[Math.Min(period.Ordinal, Dates.Count) - 1];
        var day = new DateOnly(period.Year, month, Math.Min(dayOfMonth, DateTime.DaysInMonth(period.Year, month)));
        return time.At(calendar.RollForward(day), Time);
    }
}

/// <summary>
/// <c>stale=PT15M</c>: silence longer than this is late. <c>end+PT30M</c>: an hourly value is due this long after its hour,
/// so the source is late when nothing newer than the hour before was received by then.
/// </summary>
public sealed record StreamRule(bool AfterHour, TimeSpan Allowance) : DeadlineRule
{
    /// <summary>A stream that is silent for this many times its tolerated silence is lost: an operator then looks at the connection, not at the clock.</summary>
    public const int LostAfter = 4;

    internal static StreamRule? From(bool afterHour, string span)
    {
        try
        {
            var allowance = XmlConvert.ToTimeSpan(span);
            return allowance > TimeSpan.Zero ? new(afterHour, allowance) : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Silence that is still in order, counted from <see cref="Anchor"/>.</summary>
    public TimeSpan Tolerated => AfterHour ? TimeSpan.FromHours(1) + Allowance : Allowance;

    /// <summary>What silence counts from: the measurement itself, or the hour that it belongs to.</summary>
    public DateTimeOffset Anchor(DateTimeOffset lastAt) =>
        AfterHour ? new DateTimeOffset(lastAt.UtcTicks - (lastAt.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero) : lastAt;

    public DateTimeOffset LateAt(DateTimeOffset lastAt) => Anchor(lastAt) + Tolerated;

    public DateTimeOffset LostAt(DateTimeOffset lastAt) => Anchor(lastAt) + (Tolerated * LostAfter);

    /// <summary>The rule for a past of which only one measurement in each <paramref name="step"/> was kept: between two of them nothing was silent.</summary>
    public StreamRule KeptEvery(TimeSpan step) => step < Tolerated ? this : new(AfterHour: false, step * 1.25);

    public override bool Fits(Rhythm rhythm) => AfterHour ? rhythm == Rhythm.Hourly : rhythm.IsStreamed();

    public override DateTimeOffset DueAt(ReportingPeriod period, WorkingCalendar calendar, ProvinceTime time) =>
        throw new InvalidOperationException("A stream has staleness, not deadlines.");
}
