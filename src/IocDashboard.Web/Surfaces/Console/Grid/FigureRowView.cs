using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>
/// One row as it stands at one instant. Immutable: a row redraws when it is handed another instance, and is handed the same
/// one while nothing that it shows has changed.
/// </summary>
/// <param name="AgeShare">Age ÷ the rhythm's own span, 0 to 1 in steps of a twentieth.</param>
/// <param name="Others">Further areas of the same indicator that are as bad.</param>
public sealed record FigureRowView(FigureText Text, FigureState State, AgeClass Age, string AgeText, double AgeShare, int Others, string Href)
{
    public Figure Figure => Text.Figure;

    public static FigureRowView Of(FigureText text, DateTimeOffset now, int others, string href, CultureInfo culture)
    {
        var figure = text.Figure;
        var age = figure.AgeAt(now);
        return new FigureRowView(text, FigureStates.Of(figure, age), age, AgeOf(figure, age, now, culture), ShareOf(figure, now), others, href);
    }

    /// <summary>2 giờ; trễ 8 ngày (since the next one was due); mất 1 giờ (since the last one was heard); chưa nộp 25 ngày.</summary>
    public static string AgeOf(Figure figure, AgeClass age, DateTimeOffset now, CultureInfo culture) => age switch
    {
        AgeClass.Late when figure.NextDueAt is { } due => T("Age.Late", AgeScale.Words(now - due, culture)),
        AgeClass.Lost when figure.TimeKey is { } last => T("Age.Lost", AgeScale.Words(now - last, culture)),
        AgeClass.Missing when figure.NextDueAt is { } due && due < now => T("Age.Missing", AgeScale.Words(now - due, culture)),
        AgeClass.Missing => T("Age.Never"),
        _ when figure.AgeFrom is { } from => now - from < TimeSpan.FromSeconds(10) ? T("Age.Now") : AgeScale.Words(Calm(now - from), culture),
        _ => FigureText.None,
    };

    /// <summary>Seconds are told in tens: a number that counts by itself draws the eye for nothing.</summary>
    private static TimeSpan Calm(TimeSpan age) =>
        age < TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds / 10) * 10) : age;

    private static double ShareOf(Figure figure, DateTimeOffset now)
    {
        if (figure.AgeFrom is not { } from || figure.NextDueAt is not { } due || due <= from) return 1;
        return Math.Round(Math.Clamp((now - from) / (due - from), 0, 1) * 20, MidpointRounding.ToZero) / 20;
    }
}

/// <summary>
/// The rows that one circuit has on screen. Hands out the instance that it handed out before while nothing changed, and a new
/// one at most once a second per row: a person cannot read faster, and a busy feed does not fill the line.
/// </summary>
public sealed class FigureRowViews(ProvinceTime time)
{
    public static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, Shown> _shown = [];

    public FigureRowView At(Figure figure, int others, DateTimeOffset now, DateTimeOffset? asOf, CultureInfo culture)
    {
        _shown.TryGetValue(figure.SeriesId, out var shown);
        // In the past the clock stands still: a figure that differs there is the one that was being read, and never waits.
        if (shown is not null && shown.AsOf == asOf && shown.View.Others == others
            && (ReferenceEquals(shown.View.Figure, figure) ? shown.CheckedAt == now : asOf is null && now - shown.ChangedAt < AtLeast && now >= shown.ChangedAt))
            return shown.View;

        var text = FigureText.Of(figure, time, culture);
        var href = shown?.AsOf == asOf && shown is not null ? shown.View.Href : ConsoleLinks.Indicator(figure.Indicator.Code, figure.Area.Code, asOf);
        var view = FigureRowView.Of(text, now, others, href, culture);
        if (shown is not null && shown.View == view)
        {
            shown.CheckedAt = now;
            return shown.View;
        }

        _shown[figure.SeriesId] = new Shown { View = view, ChangedAt = now, CheckedAt = now, AsOf = asOf };
        return view;
    }

    /// <summary>Forgets what scrolled away. Called when the rows are sorted anew.</summary>
    public void Keep(int atMost)
    {
        if (_shown.Count > atMost) _shown.Clear();
    }

    private sealed class Shown
    {
        public required FigureRowView View { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required DateTimeOffset? AsOf { get; init; }
        public DateTimeOffset CheckedAt { get; set; }
    }
}
