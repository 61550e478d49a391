using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>A cell of the report that is being judged.</summary>
/// <param name="Position">Its place in the message.</param>
/// <param name="Value">Null: missing.</param>
public sealed record GivenCell(int Position, decimal? Value, string? Note);

/// <summary>One violation: the cell where it is said, and what of it.</summary>
/// <param name="At">The cell whose note can explain it: the subject's own, or the first of the message that it was compared with.</param>
/// <param name="Expected">What the figure should have kept to.</param>
public sealed record RuleViolation(BookedRule Booked, GivenCell At, string Indicator, string Area, decimal Value, decimal Expected)
{
    /// <summary>Whether the message is refused for it.</summary>
    public bool IsError => Booked.Rule.Effect == RuleEffect.Block || NeedsComment;

    private bool NeedsComment => Booked.Rule.Effect == RuleEffect.Comment && At.Note is null;

    /// <summary>As the sender is told: at the cell's value, or at the note that is missing.</summary>
    public JudgementError Told() => JudgementError.At(
        string.Create(CultureInfo.InvariantCulture, $"/values/{At.Position}/{(NeedsComment ? "note" : "value")}"),
        NeedsComment ? JudgementCodes.CommentRequired : RuleComparison.CodeOf(Booked.Rule.Kind),
        Indicator, Area, CellText.Of(Value), CellText.Of(Expected), Booked.Rule.Code, Booked.Rule.Why.Vi, Booked.Rule.Why.En);
}

/// <summary>
/// The rules of one form, as the comparisons that they ask for. Made once for each catalogue; a form without rules has none and
/// costs nothing.
/// </summary>
public sealed class FormRules
{
    public static readonly FormRules None = new([]);

    private readonly ImmutableArray<RuleCheck> _checks;

    private FormRules(ImmutableArray<RuleCheck> checks) => _checks = checks;

    public bool IsEmpty => _checks.IsEmpty;

    /// <summary>Every figure that any of them looks at.</summary>
    public IEnumerable<RuleFigure> Figures => _checks.SelectMany(c => c.Compared.Prepend(c.Subject)).Distinct();

    /// <summary>Comparisons that a column or area of today's form no longer has are left out, and so are those that the reporting agency may not see.</summary>
    public static FormRules Of(Form form, IEnumerable<BookedRule> rules, IReadOnlyDictionary<string, Indicator> seen)
    {
        var columns = form.Indicators.ToDictionary(c => c.Code, StringComparer.Ordinal);
        ImmutableArray<RuleCheck> checks = [.. rules.SelectMany(r => Checks(r, form, columns, seen))];
        return checks.IsEmpty ? None : new(checks);
    }

    /// <summary>The figures beyond the message itself that judging these cells takes.</summary>
    public IEnumerable<RuleFigure> Needs(IReadOnlySet<(string Indicator, string Area)> given, ReportingPeriod period, DateTimeOffset at) => _checks
        .Where(c => c.Booked.JudgesAt(at) && c.IsAbout(period) && c.InReport.Any(f => given.Contains((f.Indicator, f.Area))))
        .SelectMany(c => c.Compared.Prepend(c.Subject))
        .Where(f => f.Moment != RuleMoment.Standing || !given.Contains((f.Indicator, f.Area)))
        .Distinct();

    /// <param name="cells">The message's cells. One that is wrong in itself is there with no value: nothing is said of what it would have been.</param>
    /// <param name="known">Every other figure; null where there is none.</param>
    public IEnumerable<RuleViolation> Violations(
        IReadOnlyDictionary<(string Indicator, string Area), GivenCell> cells, ReportingPeriod period, Func<RuleFigure, decimal?> known, Func<BookedRule, bool>? applies = null)
    {
        foreach (var check in _checks)
        {
            if ((applies is not null && !applies(check.Booked)) || !check.IsAbout(period) || Place(check, cells) is not { } place) continue;
            if (Figure(check.Subject) is not { } value || !TryCompared(check, out var compared)) continue;
            if (RuleComparison.Broken(check.Rule, value, compared) is { } expected)
                yield return new(check.Booked, place, check.Subject.Indicator, check.Subject.Area, value, expected);
        }

        decimal? Figure(RuleFigure figure) =>
            figure.Moment == RuleMoment.Standing && cells.TryGetValue((figure.Indicator, figure.Area), out var cell) ? cell.Value : known(figure);

        bool TryCompared(RuleCheck check, out decimal[] figures)
        {
            figures = new decimal[check.Compared.Count];
            for (var i = 0; i < figures.Length; i++)
            {
                // What is unknown or missing has no sum and no difference.
                if (Figure(check.Compared[i]) is not { } figure) return false;
                figures[i] = figure;
            }

            return true;
        }
    }

    private static GivenCell? Place(RuleCheck check, IReadOnlyDictionary<(string, string), GivenCell> cells) =>
        check.InReport.Select(f => cells.GetValueOrDefault((f.Indicator, f.Area))).FirstOrDefault(c => c is not null);

    private static IEnumerable<RuleCheck> Checks(
        BookedRule booked, Form form, Dictionary<string, FormIndicator> columns, IReadOnlyDictionary<string, Indicator> seen)
    {
        var rule = booked.Rule;
        var subjects = rule.Indicators.IsEmpty ? form.Indicators.Select(c => c.Code) : rule.Indicators.Where(columns.ContainsKey);
        foreach (var code in subjects)
        {
            var areas = columns[code].Areas;
            if (rule.Kind == RuleKind.AreaSum)
            {
                ImmutableArray<string> parts = [.. areas.Where(a => a != Area.ProvinceCode && (rule.Areas.IsEmpty || rule.Areas.Contains(a)))];
                if (areas.Contains(Area.ProvinceCode) && !parts.IsEmpty)
                    yield return new(booked, Here(code, Area.ProvinceCode), [.. parts.Select(p => Here(code, p))]);
                continue;
            }

            foreach (var area in areas.Where(a => rule.Areas.IsEmpty || rule.Areas.Contains(a)))
                if (Compared(code, area) is { } compared) yield return new(booked, Here(code, area), compared);
        }

        RuleFigure Here(string indicator, string area) => new(indicator, area, RuleMoment.Standing, form.Rhythm);

        RuleFigure[]? Compared(string code, string area) => rule.Kind switch
        {
            RuleKind.Range or RuleKind.Precision => [],
            RuleKind.PreviousChange or RuleKind.CumulativeNeverFalls => [new(code, area, RuleMoment.Previous, form.Rhythm)],
            RuleKind.YearAgoChange => [new(code, area, RuleMoment.YearAgo, form.Rhythm)],
            RuleKind.EqualAcrossForms => seen.TryGetValue(rule.Against[0], out var other) ? [new(other.Code, area, RuleMoment.Elsewhere, other.Rhythm)] : null,
            _ => rule.Against.All(a => columns.TryGetValue(a, out var column) && column.Areas.Contains(area)) ? [.. rule.Against.Select(a => Here(a, area))] : null,
        };
    }
}
