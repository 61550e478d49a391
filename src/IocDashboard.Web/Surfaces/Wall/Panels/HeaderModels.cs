using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>«Số liệu minh họa» once demonstration data was loaded; null otherwise.</summary>
public sealed record NoteModel(string? Text)
{
    public static NoteModel Of(BoardState board, CultureInfo culture) => new(board.Illustrative ? WallText.Get("Illustrative", culture) : null);
}

/// <summary>
/// Today by both calendars, and the fortnight ahead: a screen that has lost its server still turns the page at midnight.
/// </summary>
/// <param name="Days">JSON, <c>{"2021-11-18":["Thứ Năm, 18/11/2021","14 tháng Mười, Tân Sửu"],…}</c>.</param>
public sealed record DateModel(string Solar, string Lunar, string Days)
{
    private const int Ahead = 14;

    public static DateModel Of(DateTimeOffset now, ProvinceTime time, CultureInfo culture)
    {
        var today = time.DayOf(now);
        var days = Enumerable.Range(0, Ahead + 1).Select(today.AddDays).ToDictionary(
            d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), d => Words(d, culture), StringComparer.Ordinal);
        var words = Words(today, culture);
        return new(words[0], words[1], PageJson.Of(days));
    }

    private static string[] Words(DateOnly day, CultureInfo culture) =>
        [SurfaceText.Format("Date.Full", culture, day.ToDateTime(TimeOnly.MinValue)), LunarDate.Of(day).Words(culture)];
}
