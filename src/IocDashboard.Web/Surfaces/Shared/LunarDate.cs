using System.Globalization;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>
/// A day of the Vietnamese lunisolar calendar, computed at UTC+7: a month begins on the day of the new moon, the month
/// that holds the winter solstice is the eleventh, and a month without a principal term is a leap one. The Chinese
/// calendar follows UTC+8 and differs now and then (Tết 1985, 2007, 2030), so .NET's own calendars do not serve.
/// Astronomy after J. Meeus, <i>Astronomical Formulae for Calculators</i>, ch. 18 and 32; good from 1900 to 2199.
/// </summary>
public readonly record struct LunarDate(int Year, int Month, int Day, bool IsLeap)
{
    private const double Synodic = 29.530588853;

    /// <summary>Julian day of the new moon near which the moons are counted (1 January 1900).</summary>
    private const double FirstMoon = 2415021.076998695;

    /// <summary>Days between a Julian day number and <see cref="DateOnly.DayNumber"/>.</summary>
    private const int JulianOffset = 1721426;

    private static readonly TimeSpan Hanoi = TimeSpan.FromHours(7);

    public static LunarDate Of(DateOnly day)
    {
        var julian = day.DayNumber + JulianOffset;
        // The mean month misses the true new moon by up to 14 hours, so the count may begin a moon too late.
        var moon = (int)Math.Floor((julian - FirstMoon) / Synodic) + 1;
        var monthStart = NewMoonDay(moon);
        while (monthStart > julian) monthStart = NewMoonDay(--moon);

        var lastEleventh = EleventhMonth(day.Year);
        var nextEleventh = lastEleventh;
        int year;
        if (lastEleventh >= monthStart)
        {
            year = day.Year;
            lastEleventh = EleventhMonth(day.Year - 1);
        }
        else
        {
            year = day.Year + 1;
            nextEleventh = EleventhMonth(day.Year + 1);
        }

        var monthsSince = (monthStart - lastEleventh) / 29;
        var month = monthsSince + 11;
        var isLeap = false;
        if (nextEleventh - lastEleventh > 365)
        {
            var leapAfter = LeapMonthOffset(lastEleventh);
            if (monthsSince >= leapAfter)
            {
                month--;
                isLeap = monthsSince == leapAfter;
            }
        }

        if (month > 12) month -= 12;
        if (month >= 11 && monthsSince < 4) year--;
        return new(year, month, julian - monthStart + 1, isLeap);
    }

    /// <summary>14 tháng Mười, Tân Sửu.</summary>
    public string Words(CultureInfo culture)
    {
        var stem = SurfaceText.Get("Lunar.Stems", culture).Split(',')[(Year + 6) % 10];
        var branch = SurfaceText.Get("Lunar.Branches", culture).Split(',')[(Year + 8) % 12];
        var name = SurfaceText.Get("Lunar.Months", culture).Split(',')[Month - 1];
        return SurfaceText.Format(IsLeap ? "Lunar.Leap" : "Lunar.Date", culture, Day, name, $"{stem} {branch}", Month);
    }

    /// <summary>Julian day number, at UTC+7, of the first day of the lunar month that holds the winter solstice of the year.</summary>
    private static int EleventhMonth(int year)
    {
        var yearEnd = new DateOnly(year, 12, 31).DayNumber + JulianOffset;
        var moon = (int)Math.Floor((yearEnd - 2415021) / Synodic);
        var start = NewMoonDay(moon);
        return SolarTerm(start) >= 9 ? NewMoonDay(moon - 1) : start;
    }

    /// <summary>How many months after the eleventh the leap month is: the first that ends in the principal term it began in.</summary>
    private static int LeapMonthOffset(int eleventh)
    {
        var moon = (int)Math.Floor(((eleventh - FirstMoon) / Synodic) + 0.5);
        var offset = 1;
        var term = SolarTerm(NewMoonDay(moon + offset));
        int last;
        do
        {
            last = term;
            offset++;
            term = SolarTerm(NewMoonDay(moon + offset));
        }
        while (term != last && offset < 14);
        return offset - 1;
    }

    /// <summary>Which twelfth of the ecliptic the sun stands in at midnight in Hanoi; 0 begins at the spring equinox, 9 at the winter solstice.</summary>
    private static int SolarTerm(int julianDay)
    {
        var t = (julianDay - 0.5 - Hanoi.TotalDays - 2451545.0) / 36525;
        var anomaly = Radians(357.52910 + (35999.05030 * t) - (0.0001559 * t * t) - (0.00000048 * t * t * t));
        var centre = ((1.914600 - (0.004817 * t) - (0.000014 * t * t)) * Math.Sin(anomaly))
                     + ((0.019993 - (0.000101 * t)) * Math.Sin(2 * anomaly)) + (0.000290 * Math.Sin(3 * anomaly));
        var longitude = 280.46645 + (36000.76983 * t) + (0.0003032 * t * t) + centre;
        var turn = longitude - (360 * Math.Floor(longitude / 360));
        return (int)(turn / 30);
    }

    /// <summary>Julian day number, at UTC+7, of the k-th new moon after 1 January 1900.</summary>
    private static int NewMoonDay(int k)
    {
        var t = k / 1236.85;
        var mean = 2415020.75933 + (29.53058868 * k) + (0.0001178 * t * t) - (0.000000155 * t * t * t)
                   + (0.00033 * Math.Sin(Radians(166.56 + (132.87 * t) - (0.009173 * t * t))));
        var sun = Radians(359.2242 + (29.10535608 * k) - (0.0000333 * t * t) - (0.00000347 * t * t * t));
        var moon = Radians(306.0253 + (385.81691806 * k) + (0.0107306 * t * t) + (0.00001236 * t * t * t));
        var node = Radians(21.2964 + (390.67050646 * k) - (0.0016528 * t * t) - (0.00000239 * t * t * t));
        var correction =
            ((0.1734 - (0.000393 * t)) * Math.Sin(sun)) + (0.0021 * Math.Sin(2 * sun))
            - (0.4068 * Math.Sin(moon)) + (0.0161 * Math.Sin(2 * moon)) - (0.0004 * Math.Sin(3 * moon))
            + (0.0104 * Math.Sin(2 * node)) - (0.0051 * Math.Sin(sun + moon)) - (0.0074 * Math.Sin(sun - moon))
            + (0.0004 * Math.Sin((2 * node) + sun)) - (0.0004 * Math.Sin((2 * node) - sun))
            - (0.0006 * Math.Sin((2 * node) + moon)) + (0.0010 * Math.Sin((2 * node) - moon))
            + (0.0005 * Math.Sin((2 * moon) + sun));
        var dynamical = -0.000278 + (0.000265 * t) + (0.000262 * t * t);
        return (int)Math.Floor(mean + correction - dynamical + 0.5 + Hanoi.TotalDays);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
