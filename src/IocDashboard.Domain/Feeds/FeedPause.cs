using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Feeds;

/// <summary>Why a source is silent on purpose: for a while, or for work on it that was planned (Decree 47/2020 article 43).</summary>
public enum PauseKind { Pause, Maintenance }

/// <summary>A window in which a source is silent on purpose. Its end is always stated, so that none is forgotten. Instants are UTC.</summary>
/// <param name="Until">Exclusive; where it was ended before its time, that instant.</param>
/// <param name="By">Who stated it, at <paramref name="At"/>: never later than <paramref name="From"/>.</param>
/// <param name="ShortNotice">A planned stop that was announced later than the decree asks for.</param>
public sealed record FeedPause(DateTimeOffset From, DateTimeOffset Until, PauseKind Kind, string Reason, string By, DateTimeOffset At, bool ShortNotice)
{
    public bool Covers(DateTimeOffset instant) => instant >= From && instant < Until;

    public bool IsOver(DateTimeOffset at) => Until <= at;

    /// <summary>
    /// The limits of a rule with windows. One that lies beyond a window's beginning counts from the window's end anew; a rule that was
    /// broken before the window stays broken.
    /// </summary>
    /// <param name="late">Without any window; so <paramref name="lost"/>.</param>
    /// <param name="pauses">In the order of time.</param>
    public static (DateTimeOffset LateAt, DateTimeOffset LostAt) Move(StreamRule rule, DateTimeOffset late, DateTimeOffset lost, IEnumerable<FeedPause> pauses)
    {
        foreach (var pause in pauses)
            (late, lost) = (pause.Move(late, rule.LateAt(pause.Until)), pause.Move(lost, rule.LostAt(pause.Until)));
        return (late, lost);
    }

    private DateTimeOffset Move(DateTimeOffset limit, DateTimeOffset fromEnd) => limit > From && fromEnd > limit ? fromEnd : limit;
}

/// <summary>Pauses one source.</summary>
/// <param name="From">Null: from <paramref name="At"/> on.</param>
public sealed record PauseFeed(DateTimeOffset? From, DateTimeOffset Until, PauseKind Kind, string Reason, string By, DateTimeOffset At);

/// <summary>Codes of refusals; their texts are those of all stable codes.</summary>
public static class PauseCodes
{
    public const string BeginsInThePast = "pause-begins-past";
    public const string UnknownFeed = "unknown-feed";
    public const string NeedsReason = "pause-needs-reason";
    public const string TextTooLong = "text-too-long";
    public const string EndsBeforeItBegins = "pause-ends-first";

    /// <summary>Longest, in days.</summary>
    public const string TooLong = "pause-too-long";

    /// <summary>None holds, and none is planned.</summary>
    public const string NotPaused = "not-paused";
}

/// <summary>The state of a feed afterwards and the events to append; or why not.</summary>
public sealed record PauseDecision(FeedHealth Health, ImmutableArray<object> Events, ImmutableArray<JudgementError> Errors);

/// <summary>
/// A source may be silent on purpose for a stated time. What its rule said before stays as it was found; within the window silence
/// breaks no rule; afterwards the rule counts from the window's end. One window of a source holds or is planned: a later one takes
/// the place of an earlier.
/// </summary>
public static class PauseDecider
{
    /// <summary>Working days before its beginning by which a planned stop is announced (Decree 47/2020 article 43).</summary>
    public const int NoticeDays = 7;

    public const int LongestDays = 366, LongestReason = 400;

    /// <summary>Whoever types the minute that is running means now.</summary>
    private static readonly TimeSpan ThisMinute = TimeSpan.FromMinutes(1);

    /// <param name="calendar">By which the agency works.</param>
    public static PauseDecision Pause(FeedHealth health, PauseFeed command, StreamRule rule, WorkingCalendar calendar, ProvinceTime time)
    {
        var at = command.At.ToUniversalTime();
        var from = command.From is not { } stated || (stated < at && stated > at - ThisMinute) ? at : stated.ToUniversalTime();
        if (Judge(command, from, at) is { } error) return new(health, [], [error]);

        // Silence that no sweep has found yet is recorded first, and the window that this one replaces is ended.
        var (before, events) = FeedDecider.FallSilent(health, at);
        if (before.Pause is { } earlier && !earlier.IsOver(at))
        {
            var ended = new FeedPauseEnded(health.Feed, command.By, at);
            before = before.Apply(ended, rule);
            events = events.Add(ended);
        }

        var late = command.Kind == PauseKind.Maintenance && time.DayOf(at) > calendar.SubtractWorkingDays(time.DayOf(from), NoticeDays);
        var paused = new FeedPaused(health.Feed, from, command.Until.ToUniversalTime(), command.Kind, command.Reason.Trim(), command.By, at) { ShortNotice = late };
        return new(before.Apply(paused, rule), [.. events, paused], []);
    }

    /// <summary>Ends the window that holds now, or takes one back that has not begun.</summary>
    public static PauseDecision End(FeedHealth health, string by, DateTimeOffset at, StreamRule rule)
    {
        at = at.ToUniversalTime();
        if (health.Pause is not { } pause || pause.IsOver(at)) return new(health, [], [JudgementError.At("", PauseCodes.NotPaused, health.Feed)]);
        var (before, silence) = FeedDecider.FallSilent(health, at);
        var ended = new FeedPauseEnded(health.Feed, by, at);
        return new(before.Apply(ended, rule), [.. silence, ended], []);
    }

    private static JudgementError? Judge(PauseFeed command, DateTimeOffset from, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(command.Reason)) return JudgementError.At("/reason", PauseCodes.NeedsReason);
        if (command.Reason.Trim().Length > LongestReason) return JudgementError.At("/reason", PauseCodes.TextTooLong, Text(LongestReason));
        if (from < at) return JudgementError.At("/from", PauseCodes.BeginsInThePast);
        if (command.Until <= from) return JudgementError.At("/until", PauseCodes.EndsBeforeItBegins);
        return command.Until - from > TimeSpan.FromDays(LongestDays) ? JudgementError.At("/until", PauseCodes.TooLong, Text(LongestDays)) : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
