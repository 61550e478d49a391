using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.Indicators;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Sources;

/// <summary>Every feed of measurements: whether it is heard, since when it is silent, and by which rule that is judged.</summary>
public sealed partial class SourceTable
{
    private ValueList<Row> _rows = new([]);
    private (ValueList<Row>, BoardSummary)? _drawn;
    private (long, DateTimeOffset?)? _second;
    private PauseBar? _bar;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    protected override void OnParametersSet()
    {
        var second = (Moment.Now.ToUnixTimeSeconds(), Moment.AsOf);
        if (Moment.IsLive && _second == second) return;
        _second = second;
        _rows = new(Moment.Board.Feeds.Values.OrderByDescending(f => PlaceOf(f.StateAt(Moment.Now))).ThenBy(f => f.Feed.Code, StringComparer.Ordinal).Select(RowOf));
    }

    protected override bool ShouldRender()
    {
        if (_drawn == (_rows, Moment.Summary)) return false;
        _drawn = (_rows, Moment.Summary);
        return true;
    }

    private Row RowOf(FeedStatus feed)
    {
        var culture = CultureInfo.CurrentUICulture;
        var lag = feed is { LastAt: { } last, LastReceivedAt: { } received } && received >= last ? received - last : (TimeSpan?)null;
        var (state, pause) = (feed.StateAt(Moment.Now), feed.PauseAt(Moment.Now));
        return new Row(
            feed.Feed.Code, state switch { FeedState.Live => FigureState.Normal, FeedState.Late => FigureState.Warning, FeedState.Paused => FigureState.Normal, _ => FigureState.Lost },
            state == FeedState.Paused && pause is { Kind: PauseKind.Maintenance } ? T("Feed.Maintenance") : T(state == FeedState.Lost && feed.LastAt is null ? "Feed.Never" : $"Feed.{state}"),
            state == FeedState.Paused && pause is not null ? T("Src.Until", Province.Local(pause.Until).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture)) : null,
            state switch { FeedState.Late => "late", FeedState.Lost => "gone", _ => "" },
            feed.Agency.Name.In(culture), feed.Feed.Indicators.Sum(i => i.Areas.Length), When(feed.LastAt), When(feed.LastReceivedAt),
            lag is { } l ? AgeScale.Words(l, culture) : FigureText.None,
            feed.LastAt is { } at ? AgeScale.TwoWords(Calm(Moment.Now - at), culture) : FigureText.None,
            DeadlineText.Of(feed.Feed.Rule), feed.Feed.Rule, pause is null ? null : PauseOf(pause));
    }

    /// <summary>The window that holds or is planned: what, why, by whom, and whether it was announced late.</summary>
    private PauseRow PauseOf(FeedPause pause)
    {
        var holds = pause.Covers(Moment.Now);
        var what = T("Pause.Holds", T($"Pause.Kind.{pause.Kind}"), Minute(pause.From), Minute(pause.Until));
        return new(
            holds ? what : T("Pause.Planned", what), pause.Reason, T("Pause.By", Names.Of(pause.By), Minute(pause.At)),
            pause.ShortNotice ? T("Pause.ShortNotice") : null, T(holds ? "Pause.End" : "Pause.TakeBack"), holds);
    }

    private Task EndAsync(string feed, bool holds) => _bar?.EndAsync(feed, holds) ?? Task.CompletedTask;

    private string Minute(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    /// <summary>A silence of seconds is none: it is told in tens.</summary>
    private static TimeSpan Calm(TimeSpan silence) =>
        silence < TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(Math.Floor(silence.TotalSeconds / 10) * 10) : silence;

    private string When(DateTimeOffset? instant) => instant is { } at ? Province.Local(at).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture) : FigureText.None;

    private static int PlaceOf(FeedState state) => state switch { FeedState.Lost => 3, FeedState.Late => 2, FeedState.Paused => 1, _ => 0 };

    private sealed record PauseRow(string What, string Why, string Who, string? Notice, string End, bool Holds);

    private sealed record Row(
        string Code, FigureState State, string Word, string? Until, string Style, string Agency, int Series, string LastAt, string ReceivedAt, string Lag, string Silence, string Rule, string Raw, PauseRow? Pause);
}
