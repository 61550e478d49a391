using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;

namespace IocDashboard.Web.Surfaces.Console.View;

/// <summary>One field (lĩnh vực) at a glance. Counts are of figures (series); on time and expected count indicators.</summary>
/// <param name="NewestAt">What the age of the field counts from: its youngest figure.</param>
public sealed record FieldSummary(
    string Code, LocalText Name, int Critical, int Warning, int Lost, int Late, int OnTime, int Expected, DateTimeOffset? NewestAt)
{
    /// <summary>Nothing was ever received: nobody knows whether it is well.</summary>
    public bool IsUnknown => NewestAt is null;

    public bool IsCalm => Critical == 0 && Warning == 0 && Lost == 0 && !IsUnknown;
}

/// <summary>What the navigation, the top bar and the status line count. Compares by value, so that nothing redraws for equal counts.</summary>
/// <param name="FeedsLost">Heard once, and no more.</param>
/// <param name="FeedsNever">Never heard.</param>
/// <param name="FeedsPaused">Silent on purpose now; those count as neither.</param>
public sealed record BoardSummary(
    ValueList<FieldSummary> Fields, int Critical, int Warning, int Lost,
    int Overdue, int OverdueLong, int ReceivedLate, int FeedsLive, int FeedsLate, int FeedsLost, int FeedsNever, int FeedsPaused, int Feeds)
{
    /// <summary>An overdue report older than this is critical on the board.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromDays(7);

    public static readonly BoardSummary Empty = new(new([]), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static BoardSummary Of(BoardState board, DateTimeOffset now)
    {
        var fields = new Dictionary<string, FieldCount>(StringComparer.Ordinal);
        var order = new List<FieldCount>();
        foreach (var indicator in board.Catalogue.IndicatorList.OrderBy(i => PlaceOf(i.FieldCode)))
        {
            if (!fields.TryGetValue(indicator.FieldCode, out var field)) order.Add(fields[indicator.FieldCode] = field = new FieldCount(indicator));
            field.Expected++;
        }

        foreach (var figure in board.Figures.Values)
        {
            if (fields.TryGetValue(figure.Indicator.FieldCode, out var field)) field.Add(figure, now);
        }

        var summaries = order.Select(f => f.Summary()).ToImmutableArray();
        var overdue = board.Reports.Values.Where(r => r.IsOverdue).ToList();
        var never = board.Feeds.Values.Count(f => f.LastAt is null && f.StateAt(now) == FeedState.Lost);
        return new BoardSummary(
            new(summaries), summaries.Sum(f => f.Critical), summaries.Sum(f => f.Warning), summaries.Sum(f => f.Lost),
            overdue.Count, overdue.Count(r => now - r.DueAt > Long), board.Reports.Values.Count(r => r.IsReceivedLate),
            Count(FeedState.Live), Count(FeedState.Late), Count(FeedState.Lost) - never, never, Count(FeedState.Paused), board.Feeds.Count);

        int Count(FeedState state) => board.Feeds.Values.Count(f => f.StateAt(now) == state);
    }

    /// <summary>The order of the indicator set: economy first, the centre's own running last. A field that it does not know comes after.</summary>
    private static readonly ImmutableArray<string> FieldOrder = ["KT", "DT", "NS", "CN", "NN", "DL", "GD", "YT", "LX", "MT", "TT", "GT", "HC", "PA", "AT", "VH"];

    private static int PlaceOf(string field) => FieldOrder.IndexOf(field) is var place and >= 0 ? place : FieldOrder.Length;

    private sealed class FieldCount(Indicator first)
    {
        private readonly HashSet<string> _behind = new(StringComparer.Ordinal);
        private int _critical, _warning, _lost, _late;
        private DateTimeOffset? _newest;

        public int Expected { get; set; }

        public void Add(Figure figure, DateTimeOffset now)
        {
            var age = figure.AgeAt(now);
            if (FigureStates.IsBehind(age)) _behind.Add(figure.Indicator.Code);
            if (age == AgeClass.Late) _late++;
            switch (FigureStates.Of(figure, age))
            {
                case FigureState.Extreme or FigureState.Critical: _critical++; break;
                case FigureState.Warning: _warning++; break;
                case FigureState.Lost: _lost++; break;
                default: break;
            }

            if (figure.AgeFrom is { } from && (_newest is null || from > _newest)) _newest = from;
        }

        public FieldSummary Summary() => new(
            first.FieldCode, first.Field, _critical, _warning, _lost, _late, Expected - _behind.Count, Expected, _newest);
    }
}

public static class OpenReportStates
{
    extension(OpenReport report)
    {
        /// <summary>Quá hạn: its deadline passed and nothing complete was received, or it was to come again after a change at its source and did not.</summary>
        public bool IsOverdue => report.Punctuality == Punctuality.Overdue;

        /// <summary>Sắp đến hạn, by the rule of the report's own rhythm: the same as <c>dueSoon</c> in the public interface.</summary>
        public bool IsDueSoonAt(DateTimeOffset now) =>
            report.Update is not null ? now < report.DueAt && report.State != ReportState.Returned
            : report.SubmittedAt is null && now < report.DueAt && now >= ReportSchedule.DueSoonAt(report.Period.Rhythm, report.DueAt);

        /// <summary>Trễ hạn: received, after its deadline, and not sent back since.</summary>
        public bool IsReceivedLate => report.Punctuality == Punctuality.Late && report.State != ReportState.Returned;
    }
}

/// <summary>
/// The summary of the live board, worked out once per board, sight and second for all circuits of this node together.
/// </summary>
public sealed class BoardSummaries
{
    // A catalogue is one of its own for each sight: readers from whom the same is hidden count the same.
    private readonly ConditionalWeakTable<CatalogueSnapshot, Entry> _last = [];

    public BoardSummary At(BoardState board, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        // A board that changes four times a second does not change its counts four times a second for anyone who reads them.
        if (_last.TryGetValue(board.Catalogue, out var last) && last.Second == second && last.AsOf == board.AsOf) return last.Summary;
        var summary = BoardSummary.Of(board, now);
        _last.AddOrUpdate(board.Catalogue, new Entry(board.AsOf, second, summary));
        return summary;
    }

    private sealed record Entry(DateTimeOffset? AsOf, long Second, BoardSummary Summary);
}
