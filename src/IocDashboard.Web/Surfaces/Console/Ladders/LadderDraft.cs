using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Web.Surfaces.Console.View;

namespace IocDashboard.Web.Surfaces.Console.Ladders;

/// <summary>A step as it is being written.</summary>
public sealed class StepDraft
{
    /// <summary>Signed: working days before the deadline are negative.</summary>
    public string? Days { get; set; }

    /// <summary>Empty: the deadline's own hour.</summary>
    public string? At { get; set; }

    public string? Code { get; set; }
    public HashSet<Audience> To { get; init; } = [];
    public bool ByEmail { get; set; } = true;
    public bool ByWebhook { get; set; } = true;
    public string? SubjectVi { get; set; }
    public string? BodyVi { get; set; }
    public string? SubjectEn { get; set; }
    public string? BodyEn { get; set; }

    /// <summary>Its own words are being shown.</summary>
    public bool IsOpen { get; set; }

    public bool HasWords => !new[] { SubjectVi, BodyVi, SubjectEn, BodyEn }.All(string.IsNullOrWhiteSpace);

    public static StepDraft Of(LadderStep step) => new()
    {
        Code = step.Code, Days = step.WorkingDays.ToString(CultureInfo.InvariantCulture), At = step.At?.ToString("HH:mm", CultureInfo.InvariantCulture), To = [.. step.To],
        ByEmail = step.Means.ByEmail, ByWebhook = step.Means.ByWebhook,
        SubjectVi = step.Means.Texts?.Vi.Subject, BodyVi = step.Means.Texts?.Vi.Body, SubjectEn = step.Means.Texts?.En.Subject, BodyEn = step.Means.Texts?.En.Body,
    };
}

/// <summary>A ladder as it is being written; what cannot even be read as one is a finding of the page's own.</summary>
public sealed class LadderDraft
{
    public const string NotANumber = "days-not-a-number", NotATime = "hour-not-a-time", QuietNotATime = "quiet-not-a-time";

    public required Rhythm Rhythm { get; init; }
    public required List<StepDraft> Steps { get; init; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public bool WorkingDaysOnly { get; set; }

    public static LadderDraft Of(Ladder ladder) => new()
    {
        Rhythm = ladder.Rhythm, Steps = [.. ladder.Steps.Select(StepDraft.Of)], From = ladder.Quiet.From.ToString("HH:mm", CultureInfo.InvariantCulture),
        Until = ladder.Quiet.Until.ToString("HH:mm", CultureInfo.InvariantCulture), WorkingDaysOnly = ladder.Quiet.WorkingDaysOnly,
    };

    /// <summary>The steps come in the order of their days and hours, however they were written.</summary>
    /// <returns>The ladder, or why it cannot be read.</returns>
    public (Ladder? Ladder, LadderFinding? Finding) Read()
    {
        if (DayText.ReadTime(From) is not { } from || DayText.ReadTime(Until) is not { } until) return (null, new(null, QuietNotATime));
        var steps = ImmutableArray.CreateBuilder<LadderStep>();
        foreach (var draft in Steps)
        {
            var code = draft.Code?.Trim() ?? "";
            if (!int.TryParse(draft.Days?.Trim().Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)) return (null, new(code, NotANumber));
            var hasTime = !string.IsNullOrWhiteSpace(draft.At);
            var at = hasTime ? DayText.ReadTime(draft.At) : null;
            if (hasTime && at is null) return (null, new(code, NotATime));
            steps.Add(new(code, days, at, [.. draft.To.Order()])
            {
                Means = new(draft.ByEmail, draft.ByWebhook, draft.HasWords ? new(new(Plain(draft.SubjectVi), Plain(draft.BodyVi)), new(Plain(draft.SubjectEn), Plain(draft.BodyEn))) : null),
            });
        }

        return (new(Rhythm, [.. steps.OrderBy(s => s.WorkingDays).ThenBy(s => s.At ?? TimeOnly.MaxValue)], new(from, until, WorkingDaysOnly)), null);
    }

    private static string Plain(string? text) => text?.Trim().ReplaceLineEndings("\n") ?? "";
}
