using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.DataRequests;

/// <summary>
/// Judges what an agency answers, whichever entrance it came by: everything that is wrong, each by its place. What is wrong refuses
/// the whole answer.
/// </summary>
public static class AnswerJudge
{
    /// <returns>What is kept, in the order of the questions; blank answers are left out.</returns>
    public static (ImmutableArray<GivenAnswer> Kept, ImmutableArray<JudgementError> Errors) Judge(ImmutableArray<Question> questions, IReadOnlyList<GivenAnswer> answers)
    {
        var errors = ImmutableArray.CreateBuilder<JudgementError>();
        var kept = new Dictionary<string, GivenAnswer>(StringComparer.Ordinal);
        var spoken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < answers.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"/answers/{i}");
            var question = questions.FirstOrDefault(q => q.Id == answers[i].Question);
            if (question is null) errors.Add(JudgementError.At(place + "/question", RequestCodes.UnknownQuestion, answers[i].Question));
            else if (!spoken.Add(question.Id)) errors.Add(JudgementError.At(place, RequestCodes.DuplicateAnswer, question.Id));
            else if (Kept(question, answers[i], place, errors) is { } answer) kept[question.Id] = answer;
        }

        foreach (var question in questions.Where(q => q.Required && !spoken.Contains(q.Id)))
            errors.Add(JudgementError.At("/answers", RequestCodes.AnswerRequired, question.Id));
        return ([.. questions.Where(q => kept.ContainsKey(q.Id)).Select(q => kept[q.Id])], errors.ToImmutable());
    }

    private static GivenAnswer? Kept(Question question, GivenAnswer answer, string place, ImmutableArray<JudgementError>.Builder errors)
    {
        var before = errors.Count;
        if (!RequestText.TryKeep(answer.Note, RequestText.LongestReason, out var note))
            errors.Add(JudgementError.At(place + "/note", JudgementCodes.BadNote, Text(RequestText.LongestReason)));
        if (!RequestText.TryKeep(answer.Text, RequestText.LongestText, out var text))
            errors.Add(JudgementError.At(place + "/text", RequestCodes.BadLength, Text(RequestText.LongestText)));
        if (question.Kind == QuestionKind.Figure)
        {
            if (text is not null) errors.Add(JudgementError.At(place + "/text", RequestCodes.NotAText, question.Id));
            if (answer.Value is { } value) Figure(question, value, place, errors);
        }
        else if (answer.Value is not null)
        {
            errors.Add(JudgementError.At(place + "/value", RequestCodes.NotAFigure, question.Id));
        }

        if (errors.Count > before) return null;
        var given = new GivenAnswer(question.Id, answer.Value, text, note);
        if (given.HoldsSomething) return given;
        // None of a figure, or nothing to say: then the note says why.
        if (note is null && question.Required) errors.Add(JudgementError.At(place + (question.Kind == QuestionKind.Figure ? "/value" : "/text"), RequestCodes.AnswerRequired, question.Id));
        return note is null ? null : given;
    }

    private static void Figure(Question question, decimal value, string place, ImmutableArray<JudgementError>.Builder errors)
    {
        var name = question.Indicator ?? question.Id;
        if (value < question.Least || value > question.Most)
            errors.Add(JudgementError.At(place + "/value", JudgementCodes.OutOfRange, name, CellText.Of(value), Bound(question.Least), Bound(question.Most)));
        if (!CellText.FitsPrecision(value, question.Decimals ?? 0))
            errors.Add(JudgementError.At(place + "/value", JudgementCodes.BadPrecision, name, CellText.Of(value), Text(question.Decimals ?? 0)));
    }

    private static string Bound(decimal? bound) => bound is { } at ? CellText.Of(at) : "…";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
