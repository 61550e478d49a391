using System.Globalization;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>
/// Time left until an instant, which the display counts down. Two that end together are equal, whatever their text said when they were
/// made: passing time alone draws nothing again.
/// </summary>
/// <param name="Due">The instant, ISO 8601.</param>
/// <param name="Over">Said once it has passed.</param>
/// <param name="Unknown">Said in its place by a display that has lost the centre, and cannot know what came in.</param>
public sealed record CountdownMark(string Due, string Over, string Unknown)
{
    /// <summary>From here on it is bright. The display script knows it too.</summary>
    private static readonly TimeSpan Hot = TimeSpan.FromHours(1);

    /// <summary>As of the moment of composing: 00:24:50.</summary>
    public string Text { get; private init; } = "";

    public bool IsHot { get; private init; }

    public static CountdownMark Of(DateTimeOffset due, DateTimeOffset now, CultureInfo culture)
    {
        // Whole seconds are left until the very instant.
        var left = TimeSpan.FromSeconds(Math.Max(0, Math.Ceiling((due - now).TotalSeconds)));
        return new(due.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), WallText.Get("Due.Over", culture), WallText.Get("Due.Unknown", culture))
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours:00}:{left.Minutes:00}:{left.Seconds:00}"), IsHot = left <= Hot,
        };
    }

    public bool Equals(CountdownMark? other) => other is not null && other.Due == Due && other.Over == Over && other.Unknown == Unknown;

    public override int GetHashCode() => HashCode.Combine(Due, Over, Unknown);
}
