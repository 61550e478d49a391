using System.Collections.Immutable;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Timeliness;

namespace IocDashboard.Web.Live.Board;

/// <summary>
/// Everything that a screen can show, at one moment: one immutable value per node, replaced on each change.
/// An as-of read builds the same value from the database, so a page draws past and present with the same code.
/// </summary>
public sealed record BoardState
{
    public static readonly BoardState Empty = new() { Catalogue = CatalogueSnapshot.Empty };

    public required CatalogueSnapshot Catalogue { get; init; }

    /// <summary>By series id. Holds every series of the catalogue, also those that never had a value.</summary>
    public ImmutableDictionary<int, Figure> Figures { get; init; } = ImmutableDictionary<int, Figure>.Empty;

    /// <summary>Obligations due within the coming days or still open past their deadline, by report id.</summary>
    public ImmutableDictionary<string, OpenReport> Reports { get; init; } = ImmutableDictionary<string, OpenReport>.Empty;
    public ImmutableDictionary<string, FeedStatus> Feeds { get; init; } = ImmutableDictionary<string, FeedStatus>.Empty;

    /// <summary>How punctually agencies report, as last measured: minutes old at most. Null until it has been measured.</summary>
    public ReportingDiscipline? Discipline { get; init; }

    /// <summary>Rises by one with each replacement on this node.</summary>
    public long Version { get; init; }

    /// <summary>The newest event sequence contained.</summary>
    public long Seq { get; init; }

    /// <summary>The instant shown: null when live.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>True once demonstration data was loaded: every screen then says «Số liệu minh họa».</summary>
    public bool Illustrative { get; init; }

    public Figure? Find(string indicator, string area) =>
        Catalogue.SeriesByKey.TryGetValue((indicator, area), out var series) ? Figures.GetValueOrDefault(series.Id) : null;
}

/// <summary>What one replacement changed, so that nobody compares the whole board.</summary>
public sealed record BoardChange(
    BoardState State, IReadOnlySet<int> Series, IReadOnlySet<string> Reports, IReadOnlySet<string> Feeds, bool Catalogue);
