using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace IocDashboard.Domain.Escalation;

/// <summary>Why a ladder cannot be used.</summary>
/// <param name="Step">Code of the step; null: of the ladder as a whole.</param>
/// <param name="Code">One of <see cref="LadderRules"/>' codes; part of the contract.</param>
/// <param name="What">What is wrong, as it was written: a placeholder, a code.</param>
public sealed record LadderFinding(string? Step, string Code, string? What = null);

/// <summary>What a report is owed by: its deadline; the day to mend it by; the day to send it again by, after a change at its source.</summary>
public enum StepClock { Deadline, Mend, Update }

/// <summary>What a ladder must be like.</summary>
public static partial class LadderRules
{
    public const int MostSteps = 12;

    public const string NoSteps = "no-steps", TooManySteps = "too-many-steps", BadCode = "code-invalid", CodeTwice = "code-twice", TooFar = "days-out-of-range",
        BadHour = "hour-out-of-range", NoAudience = "no-audience", NotInOrder = "not-in-order", BadQuiet = "quiet-out-of-range",
        TextIncomplete = "text-incomplete", TextTooLong = "text-too-long", UnknownPlaceholder = "placeholder-unknown";

    /// <summary>The step of a report that was sent back, which is on no ladder.</summary>
    public const string Reserved = "mend", ReservedForUrging = "urge";

    /// <summary>By which of its clocks a step's report is owed.</summary>
    public static StepClock ClockOf(string step) =>
        step == Reserved ? StepClock.Mend : step.StartsWith(UpdatePrefix, StringComparison.Ordinal) ? StepClock.Update : StepClock.Deadline;

    /// <summary>Begins the steps of reports whose source has changed: no code of a ladder has such a sign.</summary>
    public const string UpdatePrefix = "update@";

    public static readonly IReadOnlyList<string> Codes =
        [NoSteps, TooManySteps, BadCode, CodeTwice, TooFar, BadHour, NoAudience, NotInOrder, BadQuiet, TextIncomplete, TextTooLong, UnknownPlaceholder];

    /// <summary>A step is taken between these, so that nobody finds at work what was told in the night before last.</summary>
    public static readonly TimeOnly FirstHour = new(5, 0), LastHour = new(22, 0);

    /// <summary>An office is open at least so long.</summary>
    public static readonly TimeSpan ShortestDay = TimeSpan.FromHours(2);

    public static ImmutableArray<LadderFinding> Judge(Ladder ladder)
    {
        var found = ImmutableArray.CreateBuilder<LadderFinding>();
        if (ladder.Steps.IsDefaultOrEmpty) found.Add(new(null, NoSteps));
        if (ladder.Steps.Length > MostSteps) found.Add(new(null, TooManySteps));
        // From > Until alone would let an office open for a minute.
        if (ladder.Quiet.From <= ladder.Quiet.Until || ladder.Quiet.From - ladder.Quiet.Until < ShortestDay) found.Add(new(null, BadQuiet));
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ladder.Steps.Length; i++)
        {
            var step = ladder.Steps[i];
            if (!Code().IsMatch(step.Code) || step.Code is Reserved or ReservedForUrging) found.Add(new(step.Code, BadCode, step.Code));
            else if (!codes.Add(step.Code)) found.Add(new(step.Code, CodeTwice, step.Code));
            if (step.WorkingDays is < LadderStep.Earliest or > LadderStep.Latest) found.Add(new(step.Code, TooFar));
            if (step.At is { } at && (at < FirstHour || at > LastHour)) found.Add(new(step.Code, BadHour));
            if (step.To.IsDefaultOrEmpty || step.To.Distinct().Count() < step.To.Length) found.Add(new(step.Code, NoAudience));
            if (i > 0 && !Follows(ladder.Steps[i - 1], step)) found.Add(new(step.Code, NotInOrder));
            if (step.Means.Texts is { } texts) Judge(step.Code, texts, found);
        }

        return found.ToImmutable();
    }

    /// <summary>Where one of two steps of a day is taken at the deadline's own hour, their order differs from form to form and is left to it.</summary>
    private static bool Follows(LadderStep before, LadderStep step) => step.WorkingDays > before.WorkingDays || (step.WorkingDays == before.WorkingDays && (before.At, step.At) switch
    {
        ({ } first, { } second) => second > first,
        (null, null) => false,
        _ => true,
    });

    private static void Judge(string step, StepTexts texts, ImmutableArray<LadderFinding>.Builder found)
    {
        string[] all = [texts.Vi.Subject, texts.Vi.Body, texts.En.Subject, texts.En.Body];
        if (all.Any(string.IsNullOrWhiteSpace)) found.Add(new(step, TextIncomplete));
        StepText[] both = [texts.Vi, texts.En];
        if (both.Any(t => t.Subject.Length > StepText.LongestSubject || t.Body.Length > StepText.LongestBody || t.Subject.Any(char.IsControl))) found.Add(new(step, TextTooLong));
        if (all.Select(Placeholders.Unknown).FirstOrDefault(u => u is not null) is { } unknown) found.Add(new(step, UnknownPlaceholder, unknown));
        // A list of reports has many lines, and a subject one.
        else if (both.Any(t => Placeholders.Names(t.Subject, Placeholders.Reports))) found.Add(new(step, UnknownPlaceholder, $"{{{Placeholders.Reports}}}"));
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,19}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
