using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Errors;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>
/// A rule as it is typed. What was typed for one kind is kept while another is looked at, and only what belongs to the kind chosen
/// is read. Numbers are written as the reader's language writes them.
/// </summary>
/// <param name="seen">The catalogue as far as whoever types sees it: nothing else can be chosen.</param>
/// <param name="formsWithHidden">Codes of the forms that have columns beyond it.</param>
public sealed class RuleDraft(CatalogueSnapshot seen, IReadOnlySet<string> formsWithHidden)
{
    // More than any indicator has; a share of a change needs no more either.
    private const int MostDecimals = 12, ShareDecimals = 2;

    public RuleEffect Effect { get; set; } = RuleEffect.Ask;
    public string? Least { get; set; }
    public string? Most { get; set; }
    public string? Decimals { get; set; }

    /// <summary>Of a change, in per cent.</summary>
    public string? Share { get; set; }
    public string? Absolute { get; set; }
    public bool EndingTogether { get; set; }

    /// <summary>Null while the proposed one stands.</summary>
    public string? Code { get; set; }
    public string? WhyVi { get; set; }
    public string? WhyEn { get; set; }
    public string? Reason { get; set; }

    public RuleKind Kind { get; private set; }

    public string FormCode { get; private set; } = "";

    public List<string> Indicators { get; } = [];

    public List<string> Areas { get; } = [];

    public List<string> Against { get; } = [];

    public Form? Form => seen.Forms.GetValueOrDefault(FormCode);

    /// <summary>Whether something of it may not be seen by whoever types.</summary>
    public bool HasHidden => formsWithHidden.Contains(FormCode);

    public bool NeedsOneIndicator => RuleDecider.NeedsOneIndicator(Kind);

    /// <summary>The areas that its indicators are reported for; of a sum of areas those that can be its parts.</summary>
    public IEnumerable<string> AreasOffered => (Form?.Indicators ?? [])
        .Where(c => Indicators.Count == 0 || Indicators.Contains(c.Code)).SelectMany(c => c.Areas).Distinct(StringComparer.Ordinal)
        .Where(a => Kind != RuleKind.AreaSum || a != Area.ProvinceCode);

    /// <summary>What its figures can be held against: columns of the same form, or indicators of others.</summary>
    public IEnumerable<Indicator> AgainstOffered => Kind switch
    {
        RuleKind.IndicatorSum or RuleKind.PartOfWhole => (Form?.Indicators ?? []).Where(c => !Indicators.Contains(c.Code)).Select(c => seen.Indicators[c.Code]),
        RuleKind.EqualAcrossForms => seen.IndicatorList.Where(i => !i.Rhythm.IsStreamed() && (Form?.Indicators ?? []).All(c => c.Code != i.Code)),
        _ => [],
    };

    /// <summary>Begins with what another rule says. Its code and the reason for it stay its own.</summary>
    public void Take(JudgementRule rule, CultureInfo culture)
    {
        TakeForm(rule.Form);
        TakeKind(rule.Kind);
        Indicators.AddRange(rule.Indicators.Where(i => Form?.Indicators.Any(c => c.Code == i) == true));
        Against.AddRange(rule.Against.Where(seen.Indicators.ContainsKey));
        Areas.AddRange(rule.Areas);
        DropWhatIsNotOffered();
        (Effect, EndingTogether, WhyVi, WhyEn) = (rule.Effect, rule.Limits.EndingTogether, rule.Why.Vi, rule.Why.En);
        (Least, Most, Absolute) = (Text(rule.Limits.Least, culture), Text(rule.Limits.Most, culture), Text(rule.Limits.Absolute, culture));
        (Share, Decimals) = (Text(rule.Limits.Relative * 100, culture), rule.Limits.Decimals?.ToString(CultureInfo.InvariantCulture));
    }

    public void TakeForm(string code)
    {
        FormCode = code;
        Indicators.Clear();
        Areas.Clear();
        Against.Clear();
    }

    public void TakeKind(RuleKind kind)
    {
        Kind = kind;
        if (NeedsOneIndicator && Indicators.Count > 1) Indicators.RemoveRange(1, Indicators.Count - 1);
        if (Kind != RuleKind.IndicatorSum && Against.Count > 1) Against.RemoveRange(1, Against.Count - 1);
        DropWhatIsNotOffered();
    }

    public void TakeIndicators(IEnumerable<string> codes)
    {
        string[] chosen = [.. codes];
        Indicators.Clear();
        Indicators.AddRange(chosen);
        DropWhatIsNotOffered();
    }

    /// <summary>The rule as far as it can be read, its code proposed where none was typed; and beside which field what cannot be.</summary>
    public (JudgementRule Rule, Dictionary<string, string> Unreadable) Read(RuleBook book, CultureInfo culture)
    {
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        var rule = new JudgementRule(
            "", Kind, Effect, FormCode, [.. Chosen()], [.. Areas], [.. Against],
            Limits(unreadable, culture), new(Tidy(WhyVi), Tidy(WhyEn)));
        return (rule with { Code = string.IsNullOrWhiteSpace(Code) ? RuleCode.For(rule, book) : Code.Trim() }, unreadable);
    }

    private void DropWhatIsNotOffered()
    {
        Against.RemoveAll(a => AgainstOffered.All(i => i.Code != a));
        Areas.RemoveAll(a => !AreasOffered.Contains(a));
    }

    // Nothing chosen is every column; every column that is seen, where there are others.
    private IEnumerable<string> Chosen() => Indicators.Count == 0 && HasHidden && !NeedsOneIndicator ? (Form?.Indicators ?? []).Select(c => c.Code) : Indicators;

    private RuleLimits Limits(Dictionary<string, string> unreadable, CultureInfo culture)
    {
        var about = Indicators.Count == 0 ? (Form?.Indicators ?? []).Select(c => c.Code) : Indicators;
        var decimals = about.Select(c => seen.Indicators[c].Decimals).DefaultIfEmpty(MostDecimals).Max();
        return Kind switch
        {
            RuleKind.Range => new(Number(RuleField.Least, Least, decimals), Number(RuleField.Most, Most, decimals)),
            RuleKind.Precision => new(Decimals: int.TryParse(Decimals?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : null),
            RuleKind.PreviousChange or RuleKind.YearAgoChange =>
                new(Relative: Number(RuleField.Share, Share, ShareDecimals) / 100, Absolute: Number(RuleField.Absolute, Absolute, decimals) ?? 0),
            _ => new(Absolute: Number(RuleField.Absolute, Absolute, decimals) ?? 0, EndingTogether: Kind == RuleKind.EqualAcrossForms && EndingTogether),
        };

        decimal? Number(string field, string? text, int digits)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            var (value, code) = NumberReading.Read(text, FormTemplate.NumbersOf(culture), digits);
            if (code is not null) unreadable[field] = CodeTexts.Detail(code, [text.Trim()], culture);
            return value;
        }
    }

    private static string Tidy(string? text) => (text ?? "").Trim();

    // A closing zero where three decimals would read as a group of thousands.
    private static string? Text(decimal? value, CultureInfo culture)
    {
        if (value is not { } number) return null;
        var text = number.ToString("0.############", culture);
        return NumberReading.Read(text, FormTemplate.NumbersOf(culture), MostDecimals).Value is null ? text + "0" : text;
    }
}
