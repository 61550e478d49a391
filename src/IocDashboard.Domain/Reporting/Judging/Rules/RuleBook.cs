using System.Collections.Concurrent;
using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>Every rule that was ever proposed, in the order of their codes; what each form's messages are judged by is worked out once.</summary>
public sealed class RuleBook(IEnumerable<BookedRule> rules)
{
    public static readonly RuleBook Empty = new([]);

    private readonly ConcurrentDictionary<string, FormRules> _ofForms = new(StringComparer.Ordinal);

    public ImmutableArray<BookedRule> Rules { get; } = [.. rules.OrderBy(r => r.Rule.Code, StringComparer.Ordinal)];

    public BookedRule? Find(string code) => Rules.FirstOrDefault(r => r.Rule.Code == code);

    /// <summary>The rules of the form that are on, whether or not their instant has come.</summary>
    /// <param name="indicators">The whole catalogue's, of which the form's agency sees what it sees without any agreement.</param>
    public FormRules Of(Form form, IReadOnlyDictionary<string, Indicator> indicators) =>
        Rules.IsEmpty ? FormRules.None : _ofForms.GetOrAdd(form.Code, static (_, x) => FormRules.Of(
            x.form, x.Rules.Where(r => r.State == RuleState.On && r.Rule.Form == x.form.Code), SeenBy(x.form.Agency, x.indicators)), (form, Rules, indicators));

    /// <summary>One rule alone, in the book or not, to be tried.</summary>
    public static FormRules Only(JudgementRule rule, Form form, IReadOnlyDictionary<string, Indicator> indicators) =>
        FormRules.Of(form, [new(rule, RuleState.Trial, default, "", "", "", default)], SeenBy(form.Agency, indicators));

    // A refusal tells the figure that was compared with: it must not be one that the sender may not read.
    private static Dictionary<string, Indicator> SeenBy(string agency, IReadOnlyDictionary<string, Indicator> indicators)
    {
        var sight = Sight.Of(agency, [], default);
        return indicators.Values.Where(sight.Sees).ToDictionary(i => i.Code, StringComparer.Ordinal);
    }
}
