using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Surfaces.Shared.Maps;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using IocDashboard.Web.Surfaces.Wall.Panels;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>
/// Reporting discipline, <c>/wall?scene=discipline</c>: who reports in time and who does not, what falls due, what is overdue. The measures
/// come with the board; what is due and overdue is told by its open reports, at once.
/// </summary>
public sealed class DisciplineScene(ProvinceTime time) : IScene
{
    public const string ChannelName = "wall/discipline";

    public string Channel => ChannelName;

    public IReadOnlyList<Tile> Compose(BoardState board, CultureInfo culture, DateTimeOffset now)
    {
        var indicators = Representative.All(board, now);
        var states = indicators.Values.Select(i => FigureState.Of(i.Figure, now)).ToList();
        return
        [
            new(FrameLayout.CountsId, typeof(StatusCounts), StatusCountsModel.OfData(states, culture)),
            new(FrameLayout.NoteId, typeof(Note), NoteModel.Of(board, culture)),
            new(FrameLayout.DateId, typeof(TodayDate), DateModel.Of(now, time, culture)),
            new(DisciplineLayout.FiveId, typeof(FiveMeasures), FiveMeasuresModel.Of(board.Discipline, culture, now)),
            new(DisciplineLayout.AgenciesId, typeof(Ranking), RankingModel.OfAgencies(board, culture)),
            new(DisciplineLayout.DistrictsId, typeof(Ranking), RankingModel.OfDistricts(board, culture)),
            new(DisciplineLayout.MapId, typeof(DistrictMap), TimelinessMap.Of(board, culture)),
            new(DisciplineLayout.DueId, typeof(DueToday), DueTodayModel.Of(board, time, culture, now)),
            new(DisciplineLayout.MonthId, typeof(MonthGrid), MonthModel.Of(board.Discipline, time.DayOf(now), culture)),
            new(DisciplineLayout.OverdueId, typeof(OverdueList), OverdueListModel.Of(board, time, culture, now)),
            new(FrameLayout.AlarmsId, typeof(AlarmStrip), AlarmsModel.Of(indicators.Values, time, culture, now)),
        ];
    }
}

/// <summary>The same without what is not verified: its title bar and alarms show figures.</summary>
public sealed class VerifiedDisciplineScene(DisciplineScene discipline) : IScene
{
    public const string ChannelName = "wall/discipline/verified";

    public string Channel => ChannelName;

    public IReadOnlyList<Tile> Compose(BoardState board, CultureInfo culture, DateTimeOffset now) =>
        VerifiedScene.Noted(discipline.Compose(board.VerifiedOnly(), culture, now), culture);
}
