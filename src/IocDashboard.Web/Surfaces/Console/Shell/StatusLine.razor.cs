using System.Globalization;
using System.Reflection;
using IocDashboard.Domain.Feeds;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>
/// How far the screen can be trusted: connection, last change, sources, lag. Live it redraws once a second at most; in the past
/// whenever another board has come. While that one is being read the old one's sources are nobody's, and are left out.
/// </summary>
public sealed partial class StatusLine
{
    private const int Named = 2;

    private static readonly string Build = typeof(StatusLine).Assembly.GetName().Version?.ToString(3)
        ?? typeof(StatusLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private (long Second, DateTimeOffset? AsOf, PastReading Reading, BoardState? Past)? _drawn;
    private decimal? _lag;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    private string FrameText => Moment.FrameAt is { } at
        ? T("Status.Frame", Age(Moment.Now - at))
        : T("Status.NoFrame");

    /// <summary>Tenths while it is seconds: so it is seen to live.</summary>
    private static string Age(TimeSpan age) => age < TimeSpan.FromSeconds(10)
        ? T("Status.Seconds", Math.Max(0, age.TotalSeconds).ToString("0.0", CultureInfo.CurrentCulture))
        : AgeScale.Words(age, CultureInfo.CurrentUICulture);

    private string LostNames
    {
        get
        {
            var names = Moment.Board.Feeds.Values.Where(f => f.LastAt is not null && f.StateAt(Moment.Now) == FeedState.Lost).OrderBy(f => f.Feed.Code, StringComparer.Ordinal)
                .Select(f => $"{f.Agency.ShortName.In(CultureInfo.CurrentUICulture)} ({f.Feed.Code})").ToList();
            var shown = string.Join(", ", names.Take(Named));
            return names.Count <= Named ? shown : T("Status.SourcesMore", shown, names.Count - Named);
        }
    }

    protected override void OnParametersSet()
    {
        // Mean time from measurement to receipt of the sources that are heard now.
        double sum = 0;
        var heard = 0;
        foreach (var feed in Moment.Board.Feeds.Values)
        {
            if (feed.StateAt(Moment.Now) != FeedState.Live || feed is not { LastAt: { } last, LastReceivedAt: { } received } || received < last) continue;
            sum += (received - last).TotalSeconds;
            heard++;
        }

        _lag = !Moment.IsLive || heard == 0 || sum / heard > 3_600 ? null : Math.Round((decimal)(sum / heard), 1);
    }

    protected override bool ShouldRender()
    {
        var shown = (Moment.Now.ToUnixTimeSeconds(), Moment.AsOf, Moment.Reading, Moment.IsLive ? null : Moment.Board);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }
}
