using System.Collections.Immutable;

namespace IocDashboard.Domain.Catalogue;

/// <summary>What of an indicator's meaning changed; figures before and after are not compared.</summary>
public enum BreakReason { Name, Unit, Breakdown, Accumulation, Aggregation, Rhythm }

/// <summary>Whether figures of two versions of one indicator still mean the same.</summary>
public static class SeriesBreak
{
    /// <param name="wordingOnly">The name says the same in other words; nothing else is excused by it.</param>
    public static ImmutableArray<BreakReason> Between(Indicator before, Indicator after, bool wordingOnly)
    {
        var reasons = ImmutableArray.CreateBuilder<BreakReason>();
        if (before.Name != after.Name && !wordingOnly) reasons.Add(BreakReason.Name);
        if (before.Unit != after.Unit) reasons.Add(BreakReason.Unit);
        if (before.Breakdown != after.Breakdown) reasons.Add(BreakReason.Breakdown);
        if (before.Accumulation != after.Accumulation) reasons.Add(BreakReason.Accumulation);
        if (before.Aggregation != after.Aggregation) reasons.Add(BreakReason.Aggregation);
        if (before.Rhythm != after.Rhythm) reasons.Add(BreakReason.Rhythm);
        return reasons.ToImmutable();
    }
}
