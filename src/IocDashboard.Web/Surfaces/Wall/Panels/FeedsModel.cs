using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>Real-time feeds: the river gauges nearest to alarm, and the sources with those that fell silent first.</summary>
public sealed record FeedsModel(
    string RiversTitle, string? RiversSource, ValueList<RiverRow> Rivers, string? NoRivers,
    string SourcesTitle, string SourcesMeta, ValueList<SourceRow> Sources, string? NoSources)
{
    /// <summary>As many rows as the panel holds.</summary>
    private const int Shown = 4;

    public static FeedsModel Of(BoardState board, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var rivers = RiverRow.Of(board, Shown, culture, now);
        var newest = board.Figures.Values.Where(f => f.Area.Kind == RiverRow.StationKind).MaxBy(f => f.TimeKey);
        var sources = board.Feeds.Values.Select(f => (Feed: f, State: f.StateAt(now))).ToImmutableArray();
        var several = board.Feeds.Values.GroupBy(f => f.Feed.Agency, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var rows = sources
            .OrderByDescending(s => s.State switch { FeedState.Lost => 3, FeedState.Late => 2, FeedState.Paused => 1, _ => 0 })
            .ThenBy(s => s.Feed.Feed.Rhythm).ThenBy(s => s.Feed.Feed.Code, StringComparer.Ordinal)
            .Take(Shown).Select(s => SourceRow.Of(s.Feed, s.State, several.Contains(s.Feed.Feed.Agency), time, culture, now));
        return new(
            WallText.Format("Rivers.Title", culture, newest?.Indicator.Unit.In(culture) ?? "m"), newest?.Agency.ShortName.In(culture), rivers,
            rivers.Count == 0 ? WallText.Get("Rivers.None", culture) : null,
            WallText.Get("Feeds.Title", culture),
            WallText.Format("Feeds.Count", culture, sources.Count(s => s.State == FeedState.Live), sources.Length),
            new(rows), sources.Length == 0 ? WallText.Get("Feeds.None", culture) : null);
    }
}

/// <param name="Name">The agency, with the feed's rhythm where it has several.</param>
/// <param name="Status"><c>live</c>, <c>late</c>, <c>lost</c>, <c>paused</c>.</param>
public sealed record SourceRow(string Name, string Status, Mark Mark, AgeMark? Age, string? Word)
{
    /// <summary>Of name and age together, in the wall's root unit; beyond it the mark alone says late or lost.</summary>
    private const double Width = 292;

    public static SourceRow Of(FeedStatus feed, FeedState state, bool namesRhythm, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var (shape, word) = state switch
        {
            FeedState.Late => ("late", "Fresh.late"),
            FeedState.Lost => ("lost", "Figure.lost"),
            _ => ("normal", "Status.normal"),
        };
        var age = state switch
        {
            FeedState.Late => AgeMark.Of(feed.LateAt, now, culture, WallText.Get("Feeds.Late", culture)),
            FeedState.Lost when feed.LastAt is { } last => AgeMark.Of(last, now, culture, WallText.Get("Feeds.Lost", culture)),
            FeedState.Live when (feed.LastReceivedAt ?? feed.LastAt) is { } heard => AgeMark.Of(heard, now, culture),
            _ => null,
        };
        var name = feed.Agency.ShortName.In(culture);
        if (namesRhythm) name = SurfaceText.Format("Name.WithArea", culture, name, WallText.Get($"Feeds.Rhythm.{feed.Feed.Rhythm.Code()}", culture));
        if (age is not null && feed.LastAt is { } lastAt && TextWidth.OfText(name + age.Text, 22) > Width) age = AgeMark.Of(lastAt, now, culture);
        if (state == FeedState.Paused && feed.PauseAt(now) is { } pause) return OfPause(name, pause, time, culture, now);
        return new(
            name, state.ToString().ToLowerInvariant(), new(shape, SurfaceText.Get(word, culture)), age,
            age is not null ? null : WallText.Get("Feeds.Never", culture));
    }

    /// <summary>Silent on purpose: until when stands beside it where there is room.</summary>
    private static SourceRow OfPause(string name, FeedPause pause, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var (until, today) = (time.Local(pause.Until), time.Local(now));
        var key = pause.Kind == PauseKind.Maintenance ? "Feeds.Maintenance" : "Feeds.Paused";
        var kind = WallText.Get(key, culture);
        var word = WallText.Format(key + ".Until", culture, SurfaceText.Format(until.Date == today.Date ? "Time.Hour" : "Time.DayHour", culture, until));
        return new(name, "paused", new("normal", kind), null, TextWidth.OfText(name + word, 22) > Width ? kind : word);
    }
}
