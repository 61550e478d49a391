using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.DataRequests;

/// <summary>Somebody who may asks agencies for data. <see cref="Number"/> is given once it is clear that it may be asked.</summary>
public sealed record AskForData(
    Guid Id, string? Title, string? Text, string Authority, string By, IReadOnlyList<WantedQuestion> Questions, IReadOnlyList<string> Agencies,
    DateTimeOffset? DueAt, DateTimeOffset At);

/// <summary>What is wrong with a request before it is asked, each by its place; and what is asked when nothing is.</summary>
public static class AskJudge
{
    public const int MostQuestions = 50, MostAgencies = 200, MostDecimals = 6;

    /// <summary>An obligation that nobody alive will see fall due is a slip of the keyboard.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(731);

    /// <returns>The event but for its number, or what is wrong.</returns>
    public static (DataRequested? Asked, ImmutableArray<JudgementError> Errors) Judge(AskForData command)
    {
        var errors = ImmutableArray.CreateBuilder<JudgementError>();
        var title = Kept(command.Title, RequestText.LongestTitle, "/title", isRequired: true, errors);
        var text = Kept(command.Text, RequestText.LongestText, "/text", isRequired: false, errors);
        var at = command.At.ToUniversalTime();
        if (command.DueAt is not { } due) errors.Add(JudgementError.At("/dueAt", RequestCodes.Required));
        else if (due <= at) errors.Add(JudgementError.At("/dueAt", RequestCodes.DueInPast));
        else if (due > at + Farthest) errors.Add(JudgementError.At("/dueAt", RequestCodes.DueTooFar));
        if (command.Agencies.Count == 0) errors.Add(JudgementError.At("/agencies", RequestCodes.NoAgencies));
        if (command.Agencies.Count > MostAgencies) errors.Add(JudgementError.At("/agencies", RequestCodes.TooManyAgencies, Number(MostAgencies)));
        if (command.Questions.Count == 0) errors.Add(JudgementError.At("/questions", RequestCodes.NoQuestions));
        if (command.Questions.Count > MostQuestions) errors.Add(JudgementError.At("/questions", RequestCodes.TooManyQuestions, Number(MostQuestions)));
        var questions = command.Questions.Take(MostQuestions).Select((wanted, i) => QuestionOf(wanted, i, errors)).ToImmutableArray();
        return errors.Count > 0
            ? (null, errors.ToImmutable())
            : (new(command.Id, "", title!, text ?? "", command.Authority, command.By, questions,
                [.. command.Agencies.Distinct(StringComparer.Ordinal)], command.DueAt!.Value.ToUniversalTime(), at), []);
    }

    private static Question QuestionOf(WantedQuestion wanted, int position, ImmutableArray<JudgementError>.Builder errors)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"/questions/{position}");
        var text = Kept(wanted.Text, RequestText.LongestQuestion, place + "/text", isRequired: true, errors) ?? "";
        var id = string.Create(CultureInfo.InvariantCulture, $"q{position + 1}");
        if (wanted.Kind == QuestionKind.Text) return new(id, QuestionKind.Text, text, wanted.Required);
        if (wanted.Decimals is < 0 or > MostDecimals) errors.Add(JudgementError.At(place + "/decimals", RequestCodes.BadDecimals, Number(MostDecimals)));
        return new(id, QuestionKind.Figure, text, wanted.Required)
        {
            Unit = Kept(wanted.Unit, RequestText.LongestUnit, place + "/unit", isRequired: false, errors),
            Decimals = wanted.Decimals ?? 0,
            Indicator = wanted.Indicator,
            Area = wanted.Area,
            Least = wanted.Least,
            Most = wanted.Most,
        };
    }

    private static string? Kept(string? text, int longest, string place, bool isRequired, ImmutableArray<JudgementError>.Builder errors)
    {
        if (!RequestText.TryKeep(text, longest, out var kept)) errors.Add(JudgementError.At(place, RequestCodes.BadLength, Number(longest)));
        else if (kept is null && isRequired) errors.Add(JudgementError.At(place, RequestCodes.Required));
        return kept;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
