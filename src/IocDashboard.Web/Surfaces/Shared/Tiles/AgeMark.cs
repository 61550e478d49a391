using System.Globalization;

namespace IocDashboard.Web.Surfaces.Shared.Tiles;

/// <summary>
/// An age that goes on counting on the screen. Two marks that count from the same instant in the same words are equal,
/// whatever their text said when they were made: passing time alone draws nothing again.
/// </summary>
/// <param name="From">The instant it counts from, ISO 8601.</param>
/// <param name="Template">What is said around it, <c>trễ {0}</c>; null for the bare age.</param>
/// <param name="IsDouble">In two units (2 ngày 22 giờ) rather than one.</param>
public sealed record AgeMark(string From, string? Template, bool IsDouble)
{
    /// <summary>As of the moment of composing.</summary>
    public string Text { get; private init; } = "";

    public static AgeMark Of(DateTimeOffset from, DateTimeOffset now, CultureInfo culture, string? template = null, bool isDouble = false)
    {
        var age = isDouble ? AgeScale.TwoWords(now - from, culture) : AgeScale.Words(now - from, culture);
        return new(from.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), template, isDouble)
        {
            Text = template is null ? age : string.Format(culture, template, age),
        };
    }

    public bool Equals(AgeMark? other) => other is not null && other.From == From && other.Template == Template && other.IsDouble == IsDouble;

    public override int GetHashCode() => HashCode.Combine(From, Template, IsDouble);
}
