using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>
/// Judges the content of a message against its form (article 9.1a: accurate, correctly formatted). Form entry, file and
/// API are judged alike. Every error is found, not only the first; a value far from its series' own past is only a warning, a
/// violation of a rule what the rule says.
/// </summary>
public static class SubmissionJudge
{
    /// <summary>Cells that a form may have, and so a message. The public interface takes fewer in one JSON message.</summary>
    public const int MostValues = 50_000;

    /// <summary>Cells left out that are listed one by one; a form may have many hundreds.</summary>
    public const int MostMissingListed = 100;

    /// <param name="history">Earlier values of (indicator, area), oldest first, for the outlier warning.</param>
    public static Judgement Judge(CellGrid form, SubmitReport command, Func<string, string, IReadOnlyList<decimal>> history) =>
        Judge(form, command, new SubmissionPast(history));

    public static Judgement Judge(CellGrid form, SubmitReport command, SubmissionPast past)
    {
        if (command.Values.Count > MostValues)
            return Refused(JudgementError.At("/values", JudgementCodes.TooManyValues, Text(command.Values.Count), Text(MostValues)));

        var cells = new Cells(form, past, command.Values.Count);
        if (command.Values.Count == 0) cells.RefuseEmpty();
        for (var i = 0; i < command.Values.Count; i++) cells.Judge(command.Values[i]);
        if (command.Complete) cells.RequireComplete();
        cells.JudgeTogether(command.ReceivedAt);
        return cells.Judgement();
    }

    private static Judgement Refused(JudgementError error) => new([], [error], []);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One message being judged: which cells were given, what was accepted, what is wrong.</summary>
    private sealed class Cells(CellGrid form, SubmissionPast past, int count)
    {
        private readonly Dictionary<(string Indicator, string Area), GivenCell>? _ofRules = past.Rules is null ? null : new(count);
        private readonly bool[] _given = new bool[form.Count];
        private readonly ImmutableArray<CellValue>.Builder _values = ImmutableArray.CreateBuilder<CellValue>(count);
        private readonly ImmutableArray<JudgementError>.Builder _errors = ImmutableArray.CreateBuilder<JudgementError>();
        private readonly ImmutableArray<JudgementError>.Builder _warnings = ImmutableArray.CreateBuilder<JudgementError>();

        public void Judge(SubmittedValue value)
        {
            var before = _errors.Count;
            var cell = form.Find(value.Indicator, value.Area, JudgementCodes.IndicatorNotInForm, out var indicator, out var error);
            if (cell < 0) Refuse(value, error.Field, error.Code, value.Indicator ?? "", value.Area ?? Area.ProvinceCode);
            else if (_given[cell]) RefuseWhole(value, JudgementCodes.DuplicateValue, form[cell].Indicator, form[cell].Area);
            else _given[cell] = true;

            var status = Status(value);
            if (indicator is not null) JudgeValue(value, indicator, status);
            var note = Note(value, status);
            if (cell < 0) return;
            var (code, area, _) = form[cell];
            if (_errors.Count != before)
            {
                // Neither what it says nor what stands in its place can be compared with the others.
                if (_ofRules is not null) _ofRules[(code, area)] = new(value.Position, null, null);
                return;
            }

            _values.Add(new CellValue(code, area, value.Value, status!.Value, note));
            _ofRules?.Add((code, area), new(value.Position, value.Value, note));
            if (value.Value is { } figure && StandsOut(figure, code, area, indicator!.Decimals))
                _warnings.Add(JudgementError.At(Pointer(value, "value"), JudgementCodes.Outlier, code, area, CellText.Of(figure)));
        }

        /// <summary>By the rules, once every cell is there.</summary>
        public void JudgeTogether(DateTimeOffset at)
        {
            if (past.Rules is not { } rules) return;
            foreach (var violation in rules.Rules.Violations(_ofRules!, rules.Period, rules.Known, r => r.JudgesAt(at)))
                (violation.IsError ? _errors : _warnings).Add(violation.Told());
        }

        public void RefuseEmpty() => _errors.Add(JudgementError.At("/values", JudgementCodes.NoValues));

        public void RequireComplete()
        {
            var listed = 0;
            for (var cell = 0; cell < _given.Length && listed < MostMissingListed; cell++)
            {
                if (_given[cell] || !form[cell].Required) continue;
                _errors.Add(JudgementError.At("/values", JudgementCodes.MissingValue, form[cell].Indicator, form[cell].Area));
                listed++;
            }
        }

        public Judgement Judgement() => new(_values.DrainToImmutable(), _errors.DrainToImmutable(), _warnings.DrainToImmutable());

        private bool StandsOut(decimal figure, string code, string area, int decimals) =>
            Outlier.Is(figure, past.Values(code, area), decimals)
            || (past.Season?.Invoke(code, area) is { } season && Outlier.IsOfSeason(figure, season, decimals));

        private ObservationStatus? Status(SubmittedValue value)
        {
            switch (value.Status)
            {
                case "estimated": return ObservationStatus.Estimated;
                case "provisional": return ObservationStatus.Provisional;
                case "final": return ObservationStatus.Final;
                case "missing": return ObservationStatus.Missing;
                default:
                    Refuse(value, "status", JudgementCodes.UnknownStatus, value.Status ?? "");
                    return null;
            }
        }

        private void JudgeValue(SubmittedValue value, Indicator indicator, ObservationStatus? status)
        {
            if (value.Value is not { } figure)
            {
                if (status is not (null or ObservationStatus.Missing)) Refuse(value, "value", JudgementCodes.ValueRequired, indicator.Code);
                return;
            }

            if (status == ObservationStatus.Missing) Refuse(value, "value", JudgementCodes.ValueNotAllowed, indicator.Code);
            var least = indicator.LeastPlausible(value.Area);
            if (figure < least || figure > indicator.PlausibleMax)
                Refuse(value, "value", JudgementCodes.OutOfRange,
                    indicator.Code, CellText.Of(figure), CellText.Of(least), CellText.Of(indicator.PlausibleMax));
            if (!CellText.FitsPrecision(figure, indicator.Decimals))
                Refuse(value, "value", JudgementCodes.BadPrecision, indicator.Code, CellText.Of(figure), Text(indicator.Decimals));
        }

        private string? Note(SubmittedValue value, ObservationStatus? status)
        {
            if (!CellText.TryNote(value.Note, out var note)) Refuse(value, "note", JudgementCodes.BadNote, Text(CellText.LongestNote));
            else if (note is null && status == ObservationStatus.Missing) Refuse(value, "note", JudgementCodes.MissingNote);
            return note;
        }

        private void Refuse(SubmittedValue value, string field, string code, params ReadOnlySpan<string> arguments) =>
            _errors.Add(JudgementError.At(Pointer(value, field), code, arguments));

        private void RefuseWhole(SubmittedValue value, string code, params ReadOnlySpan<string> arguments) =>
            _errors.Add(JudgementError.At($"/values/{Text(value.Position)}", code, arguments));

        private static string Pointer(SubmittedValue value, string field) => $"/values/{Text(value.Position)}/{field}";
    }
}
