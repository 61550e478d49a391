using IocDashboard.Domain;
using IocDashboard.Web.Surfaces.Shared.Charts;

namespace IocDashboard.Web.Surfaces.Shared.Tiles;

/// <summary>
/// One indicator as a tile shows it: text and shapes, nothing left to compute. Compares by value, so an equal tile is not
/// drawn again; the age counts on by itself and makes no difference.
/// </summary>
public sealed record TileModel
{
    public required string Code { get; init; }

    /// <summary>With the area, if that is not the province.</summary>
    public required string Name { get; init; }

    /// <summary>The world: <c>normal</c>, <c>warning</c>, <c>critical</c>, <c>extreme</c>; <c>unknown</c> when there is no figure to judge.</summary>
    public required string Status { get; init; }

    /// <summary>The datum: <c>official</c>, <c>estimated</c>, <c>preliminary</c>, <c>returned</c>, <c>missing</c>, <c>lost</c>.</summary>
    public required string Figure { get; init; }

    /// <summary><c>fresh</c>, <c>due</c> or <c>late</c>, by the indicator's own rhythm.</summary>
    public required string Fresh { get; init; }

    /// <summary>Top right: the datum's mark, then the status; never none.</summary>
    public required ValueList<Mark> Marks { get; init; }

    /// <summary>Null is drawn as a dash, never as 0.</summary>
    public string? Value { get; init; }

    /// <summary>The same for machines, unscaled and with a point.</summary>
    public string? Machine { get; init; }

    /// <summary>Value and unit are so long that the value is set a step smaller.</summary>
    public bool IsTight { get; init; }
    public required string Unit { get; init; }

    /// <summary>A unit of two words stands in two lines, where one would leave no room for the sparkline.</summary>
    public bool IsUnitBroken { get; init; }
    public string? Word { get; init; }
    public Sparkline? Spark { get; init; }
    public string? SparkLabel { get; init; }
    public required ValueList<Change> Changes { get; init; }

    /// <summary>In place of the changes: the reason of a return or of a missing figure.</summary>
    public string? Remark { get; init; }

    /// <summary>In place of the changes: how long a report has been owed.</summary>
    public AgeMark? Owed { get; init; }

    /// <summary>In place of the changes: the value that a lost stream ended with.</summary>
    public LastKnown? Last { get; init; }
    public string? Target { get; init; }
    public Bullet? Bullet { get; init; }

    /// <summary>Agency and period.</summary>
    public required string Source { get; init; }
    public Mark? Verification { get; init; }
    public Mark? Due { get; init; }
    public AgeMark? Age { get; init; }
}

/// <summary>A shape of the sprite with the words that say it to a screen reader.</summary>
public sealed record Mark(string Shape, string Label);

/// <summary>Against the period before (kỳ) or the same period last year (năm), <see cref="IsWorse"/> set bright; of a figure that is yet to come, until when.</summary>
public sealed record Change(string Label, string Text, bool IsWorse);

public sealed record LastKnown(string Label, string Value, string When);
