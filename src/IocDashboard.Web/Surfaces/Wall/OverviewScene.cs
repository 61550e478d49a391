using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Surfaces.Shared.Maps;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using IocDashboard.Web.Surfaces.Wall.Panels;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>The default wall, composed from the board alone: the same board, language and moment give equal tiles.</summary>
public sealed class OverviewScene(ProvinceTime time) : IScene
{
    public const string ChannelName = "wall/overview";

    public string Channel => ChannelName;

    public IReadOnlyList<Tile> Compose(BoardState board, CultureInfo culture, DateTimeOffset now)
    {
        var indicators = Representative.All(board, now);
        // Only what never came is measured by what is owed.
        var owed = indicators.Values.Any(i => i.Figure.TimeKey is null) ? OpenReport.OwedByIndicator(board) : [];
        var states = indicators.ToDictionary(i => i.Key, i => FigureState.Of(i.Value.Figure, now), StringComparer.Ordinal);
        var tiles = new List<Tile>(40)
        {
            new(FrameLayout.CountsId, typeof(StatusCounts), StatusCountsModel.From(states.Values, culture)),
            new(FrameLayout.NoteId, typeof(Note), NoteModel.Of(board, culture)),
            new(FrameLayout.DateId, typeof(TodayDate), DateModel.Of(now, time, culture)),
        };
        foreach (var group in OverviewLayout.Groups)
        {
            var members = board.Catalogue.IndicatorList
                .Where(i => group.Fields.Contains(i.FieldCode) && states.ContainsKey(i.Code)).Select(i => states[i.Code]);
            tiles.Add(new(group.HeadId, typeof(GroupHead), GroupHeadModel.Of(group, members, culture)));
            foreach (var code in group.Indicators)
            {
                if (!indicators.TryGetValue(code, out var shown)) continue;
                tiles.Add(new(
                    OverviewGroup.TileId(code), typeof(FigureTile),
                    TileComposer.Compose(shown.Figure, shown.IsOneOfSeveral, time, culture, now, shown.Figure.IsWithheld ? null : owed.GetValueOrDefault(code))));
            }
        }

        tiles.Add(new(OverviewLayout.MapId, typeof(DistrictMap), DistrictMapModel.Of(board, OverviewLayout.MapIndicator, time, culture, now)));
        tiles.Add(new(OverviewLayout.OverdueId, typeof(OverdueBoard), OverdueModel.Of(board, time, culture, now)));
        tiles.Add(new(OverviewLayout.FeedsId, typeof(FeedsPanel), FeedsModel.Of(board, time, culture, now)));
        tiles.Add(new(FrameLayout.AlarmsId, typeof(AlarmStrip), AlarmsModel.Of(indicators.Values, time, culture, now)));
        return tiles;
    }
}
