using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Live.Board;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

public enum NodeMark { None, Sent, Seen, Answered, NobodyNamed }

/// <summary>One point on the line of what was done about a report, in words.</summary>
/// <param name="Style"><c>done</c>, <c>urged</c>, <c>next</c> or <c>fut</c>, as the styles name them.</param>
/// <param name="Title">All of it in a sentence, for whoever hovers or does not see the line.</param>
public sealed record LadderNode(string Style, string When, string Who, NodeMark Mark, string Title);

/// <summary>Who was told, who was urged and what comes next: as much of it as a row holds.</summary>
public static class LadderNodes
{
    public const int Most = 6;

    private const int MostToCome = 2;

    /// <param name="isNamed">Whether the agency has a focal point today: without one nobody can be reminded (article 9.3a).</param>
    /// <param name="seesLetters">Whether the reader may know whom letters went to and what was answered.</param>
    public static ValueList<LadderNode> Of(Pursuit pursuit, bool isNamed, bool seesLetters, DateTimeOffset now, ProvinceTime time)
    {
        var done = pursuit.Steps.Where(s => s.Outcome == StepOutcome.Told).Select(s => (s.At, Node: Told(s, isNamed, now, time)))
            .Concat(pursuit.Urgings.Select(u => (At: u.SentAt, Node: Urged(u, seesLetters, now, time)))).OrderBy(n => n.At).Select(n => n.Node).ToList();
        var toCome = pursuit.Steps.Where(s => s.Outcome is null).ToList();
        var shown = Math.Min(toCome.Count, Math.Max(MostToCome, Most - done.Count));
        return new([
            .. done.TakeLast(Most - shown),
            .. toCome.Take(shown).Select((s, i) => ToCome(s, isNext: i == 0 && pursuit.FollowedBy is null, now, time)),
        ]);
    }

    private static LadderNode Told(LadderMark step, bool isNamed, DateTimeOffset now, ProvinceTime time)
    {
        var (who, when) = (string.Join(", ", WordsOf(step)), When(step.At, now, time));
        var mark = step.SeenAt is not null ? NodeMark.Seen : !isNamed && step.To.Contains(Audience.FocalPoint) ? NodeMark.NobodyNamed : NodeMark.Sent;
        return new("done", when, Short(step), mark, T("Od.Node.Told", who, when, T($"Od.Mark.{mark}")));
    }

    private static LadderNode Urged(UrgingMark urging, bool seesLetters, DateTimeOffset now, ProvinceTime time)
    {
        if (!seesLetters) urging = urging with { To = T($"Urge.Level.{urging.Level}"), PromisedFor = null };
        var when = When(urging.SentAt, now, time);
        var mark = urging.RepliedAt is not null ? NodeMark.Answered : urging.ReadAt is not null ? NodeMark.Seen : NodeMark.Sent;
        var who = urging.PromisedFor is { } day ? T("Od.Promised", day.ToString("dd/MM", CultureInfo.InvariantCulture)) : T("Od.Urged", urging.Time);
        return new("done urged", when, who, mark, T("Od.Node.Urged", urging.Time, urging.To, when, T($"Od.Mark.{mark}")));
    }

    private static LadderNode ToCome(LadderMark step, bool isNext, DateTimeOffset now, ProvinceTime time) =>
        new(isNext ? "next" : "fut", When(step.At, now, time), Short(step), NodeMark.None, T("Od.Node.ToCome", string.Join(", ", WordsOf(step)), When(step.At, now, time)));

    private static IEnumerable<string> WordsOf(LadderMark step) => step.To.Select(a => T($"Od.Who.{a}"));

    /// <summary>A node has room for one.</summary>
    private static string Short(LadderMark step) => step.To.Count > 1 ? T("Od.Who.AndMore", T($"Od.Who.{step.To[0]}"), step.To.Count - 1) : string.Join(", ", WordsOf(step));

    private static string When(DateTimeOffset instant, DateTimeOffset now, ProvinceTime time) =>
        time.Local(instant).ToString(time.DayOf(instant) == time.DayOf(now) ? "HH:mm" : "dd/MM HH:mm", CultureInfo.InvariantCulture);
}
