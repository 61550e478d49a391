using System.Globalization;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>
/// One reporting period (kỳ báo cáo), written as in SDMX: <c>2026</c>, <c>2026-S2</c>, <c>2026-Q4</c>, <c>2026-11</c>,
/// <c>2026-W47</c>, <c>2026-11-23</c>. Daily to yearly only. <see cref="FirstDay"/> is the first day of the civil period;
/// a rule with <c>cut=15-14</c> shifts what it covers (see <see cref="DeadlineRule"/>).
/// </summary>
public readonly record struct ReportingPeriod(Rhythm Rhythm, DateOnly FirstDay) : IComparable<ReportingPeriod>
{
    /// <summary>Years outside this range are refused: no obligation lies there, and date arithmetic stays in bounds.</summary>
    public const int FirstYear = 1900, LastYear = 2199;

    /// <summary>The period of that rhythm which contains the day.</summary>
    public static ReportingPeriod Containing(Rhythm rhythm, DateOnly day) => new(rhythm, rhythm switch
    {
        Rhythm.Daily => day,
        Rhythm.Weekly => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        Rhythm.Monthly => new DateOnly(day.Year, day.Month, 1),
        Rhythm.Quarterly => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        Rhythm.HalfYearly => new DateOnly(day.Year, day.Month <= 6 ? 1 : 7, 1),
        Rhythm.Yearly => new DateOnly(day.Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(rhythm), rhythm, "Streams have no periods."),
    });

    public static bool TryParse(string? text, out ReportingPeriod period)
    {
        period = default;
        if (text is null || text.Length is < 4 or > 10 || !Number(text.AsSpan(0, 4), FirstYear, LastYear, out var year)) return false;
        if (text.Length == 4)
        {
            period = new(Rhythm.Yearly, new DateOnly(year, 1, 1));
            return true;
        }

        if (text[4] != '-') return false;
        var rest = text.AsSpan(5);
        switch (rest.Length)
        {
            case 2 when rest[0] == 'S' && Number(rest[1..], 1, 2, out var half):
                period = new(Rhythm.HalfYearly, new DateOnly(year, (half * 6) - 5, 1));
                return true;
            case 2 when rest[0] == 'Q' && Number(rest[1..], 1, 4, out var quarter):
                period = new(Rhythm.Quarterly, new DateOnly(year, (quarter * 3) - 2, 1));
                return true;
            case 2 when Number(rest, 1, 12, out var month):
                period = new(Rhythm.Monthly, new DateOnly(year, month, 1));
                return true;
            case 3 when rest[0] == 'W' && Number(rest[1..], 1, ISOWeek.GetWeeksInYear(year), out var week):
                period = new(Rhythm.Weekly, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)));
                return true;
            case 5 when rest[2] == '-' && Number(rest[..2], 1, 12, out var m)
                        && Number(rest[3..], 1, DateTime.DaysInMonth(year, m), out var day):
                period = new(Rhythm.Daily, new DateOnly(year, m, day));
                return true;
            default:
                return false;
        }
    }

    public static ReportingPeriod Parse(string text) =>
        TryParse(text, out var period) ? period : throw new FormatException($"Not a period: {text}");

    /// <summary>Inclusive.</summary>
    public DateOnly LastDay => Next.FirstDay.AddDays(-1);

    public ReportingPeriod Next => new(Rhythm, Shift(1));

    public ReportingPeriod Previous => new(Rhythm, Shift(-1));

    /// <summary>Cùng kỳ: the same month, quarter, ISO week (W53 → W52) or day (29 Feb → 28 Feb) a year before.</summary>
    public ReportingPeriod SamePeriodLastYear
    {
        get
        {
            if (Rhythm != Rhythm.Weekly) return new(Rhythm, FirstDay.AddYears(-1));
            var year = Year - 1;
            var week = Math.Min(Ordinal, ISOWeek.GetWeeksInYear(year));
            return new(Rhythm, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)));
        }
    }

    /// <summary>The year the period belongs to; for a week, its ISO year.</summary>
    public int Year => Rhythm == Rhythm.Weekly ? ISOWeek.GetYear(FirstDay) : FirstDay.Year;

    /// <summary>1-based place within its year.</summary>
    public int Ordinal => Rhythm switch
    {
        Rhythm.Daily => FirstDay.DayOfYear,
        Rhythm.Weekly => ISOWeek.GetWeekOfYear(FirstDay),
        Rhythm.Monthly => FirstDay.Month,
        Rhythm.Quarterly => ((FirstDay.Month - 1) / 3) + 1,
        Rhythm.HalfYearly => FirstDay.Month <= 6 ? 1 : 2,
        _ => 1,
    };

    /// <summary>SDMX text.</summary>
    public override string ToString() => Rhythm switch
    {
        Rhythm.Yearly => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}"),
        Rhythm.HalfYearly => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-S{Ordinal}"),
        Rhythm.Quarterly => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-Q{Ordinal}"),
        Rhythm.Weekly => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-W{Ordinal:00}"),
        Rhythm.Monthly => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>By first day; of periods that begin together the shorter comes first, so that equal means the same period.</summary>
    public int CompareTo(ReportingPeriod other) =>
        FirstDay != other.FirstDay ? FirstDay.CompareTo(other.FirstDay) : Rhythm.CompareTo(other.Rhythm);

    public static bool operator <(ReportingPeriod left, ReportingPeriod right) => left.CompareTo(right) < 0;
    public static bool operator >(ReportingPeriod left, ReportingPeriod right) => left.CompareTo(right) > 0;
    public static bool operator <=(ReportingPeriod left, ReportingPeriod right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ReportingPeriod left, ReportingPeriod right) => left.CompareTo(right) >= 0;

    private DateOnly Shift(int by) => Rhythm switch
    {
        Rhythm.Daily => FirstDay.AddDays(by),
        Rhythm.Weekly => FirstDay.AddDays(7 * by),
        Rhythm.Monthly => FirstDay.AddMonths(by),
        Rhythm.Quarterly => FirstDay.AddMonths(3 * by),
        Rhythm.HalfYearly => FirstDay.AddMonths(6 * by),
        _ => FirstDay.AddYears(by),
    };

    private static bool Number(ReadOnlySpan<char> text, int min, int max, out int number)
    {
        number = 0;
        // int.TryParse alone lets trailing U+0000 pass.
        return !text.ContainsAnyExceptInRange('0', '9')
               && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
               && number >= min && number <= max;
    }
}
