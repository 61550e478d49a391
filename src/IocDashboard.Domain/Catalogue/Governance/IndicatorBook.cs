using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IocDashboard.Domain.Catalogue;

/// <summary>
/// Every version of every indicator, also those that are decided and still to come: what the set was, is and will be on any day.
/// Article 3.3 holds by its shape: on each day at most one version of a code holds, and a version has one agency.
/// </summary>
public sealed class IndicatorBook
{
    public static readonly IndicatorBook Empty = new([]);

    private readonly FrozenDictionary<string, ImmutableArray<IndicatorVersion>> _byCode;

    public IndicatorBook(IEnumerable<IndicatorVersion> versions)
    {
        Versions = [.. versions.OrderBy(v => v.Code, StringComparer.Ordinal).ThenBy(v => v.From)];
        _byCode = Versions.GroupBy(v => v.Code, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
        Boundaries = [.. Versions.Where(v => !v.IsFounding).Select(v => v.From).Distinct().Order()];
        AppliedBoundaries = Boundaries.Count(b => Versions.Any(v => v.From == b && !v.IsFounding && v.AppliedAt is not null));
    }

    /// <summary>By code, then by day.</summary>
    public ImmutableArray<IndicatorVersion> Versions { get; }

    /// <summary>Days on which the set became, or becomes, another than it was the day before.</summary>
    public ImmutableArray<DateOnly> Boundaries { get; }

    /// <summary>How many of them the catalogue has taken in.</summary>
    public int AppliedBoundaries { get; }

    public IEnumerable<string> Codes => _byCode.Keys;

    /// <summary>Oldest first; empty for a code that was never used.</summary>
    public ImmutableArray<IndicatorVersion> Of(string code) => _byCode.GetValueOrDefault(code, []);

    /// <summary>How many boundaries lie on or before the day: days of one number have the same set.</summary>
    public int IntervalOf(DateOnly day)
    {
        var found = Boundaries.BinarySearch(day);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>
    /// The version that a figure of the day is of; a retired one says so. What the centre began with also serves for days before that,
    /// of which nothing else is known.
    /// </summary>
    public IndicatorVersion? At(string code, DateOnly day)
    {
        var versions = Of(code);
        for (var i = versions.Length - 1; i >= 0; i--)
            if (versions[i].From <= day) return versions[i];
        return versions is [{ IsFounding: true } first, ..] ? first : null;
    }

    /// <summary>The set as it was, is or will be in force on the day, by code; nothing before the day from which it was registered.</summary>
    public IEnumerable<IndicatorVersion> SetAt(DateOnly day) => _byCode.Values
        .Select(versions => versions.LastOrDefault(v => v.From <= day))
        .OfType<IndicatorVersion>().Where(v => v.Kind != VersionKind.Retired).OrderBy(v => v.Code, StringComparer.Ordinal);

    /// <summary>First day of the version of the series that the day lies in; null when nothing ever broke before it.</summary>
    public DateOnly? SeriesFrom(string code, DateOnly day)
    {
        DateOnly? from = null;
        foreach (var version in Of(code))
            if (version.IsBreak && version.From <= day) from = version.From;
        return from;
    }

    /// <summary>Whether figures of the two days, the earlier first, mean the same.</summary>
    public bool AreComparable(string code, DateOnly earlier, DateOnly later) => SeriesFrom(code, later) is not { } from || earlier >= from;

    /// <summary>Versions that begin another meaning, oldest first.</summary>
    public IEnumerable<IndicatorVersion> BreaksOf(string code) => Of(code).Where(v => v.IsBreak);

    public IndicatorBook With(IndicatorVersion version) => new([.. Versions.Where(v => v.Code != version.Code || v.From != version.From), version]);
}
