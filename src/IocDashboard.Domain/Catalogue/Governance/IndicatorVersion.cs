using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace IocDashboard.Domain.Catalogue;

/// <summary>What a version did to the set.</summary>
public enum VersionKind { Added, Revised, Retired }

/// <summary>
/// What an indicator is from one day of the province on, until the next version of its code begins: its meaning, its agency, the areas
/// that it is reported for. Versions of a code follow each other without gap or overlap because each has only a beginning.
/// </summary>
/// <param name="From">First day on which it holds; a period is of the version that holds on its first day.</param>
/// <param name="IsBreak">Figures from here on mean something else than those before: a new version of the series begins.</param>
/// <param name="Decision">Null for what was imported before decisions were kept with it.</param>
/// <param name="Proposal">What was decided on; null for an import.</param>
/// <param name="AppliedAt">When the catalogue took it in; null while its day is still to come.</param>
public sealed record IndicatorVersion(
    Indicator Indicator, ImmutableArray<string> Areas, DateOnly From, VersionKind Kind, bool IsBreak, Decision? Decision, Guid? Proposal,
    DateTimeOffset? AppliedAt)
{
    [JsonIgnore]
    public string Code => Indicator.Code;

    /// <summary>The centre began with it: for what is older there is nothing else to go by.</summary>
    [JsonIgnore]
    public bool IsFounding => Kind == VersionKind.Added && Decision?.Paper is null;
}
