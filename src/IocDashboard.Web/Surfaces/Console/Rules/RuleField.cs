using IocDashboard.Domain.Reporting;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>The fields of the form for a new rule, and beside which of them a refusal is said.</summary>
internal static class RuleField
{
    public const string Form = "form", Indicators = "indicators", Against = "against", Areas = "areas", Least = "least", Most = "most", Decimals = "decimals",
        Share = "share", Absolute = "absolute", Code = "code", WhyVi = "why-vi", WhyEn = "why-en", Reason = "reason";

    public static string Of(RuleRefusal refusal, RuleKind kind) => refusal switch
    {
        RuleRefusal.BadCode or RuleRefusal.CodeTaken => Code,
        RuleRefusal.UnknownForm => Form,
        RuleRefusal.UnknownArea => Areas,
        RuleRefusal.WrongLimits => kind switch
        {
            RuleKind.Range => Least,
            RuleKind.Precision => Decimals,
            RuleKind.PreviousChange or RuleKind.YearAgoChange => Share,
            _ => Absolute,
        },
        RuleRefusal.WrongComparison or RuleRefusal.HiddenFromSender => Against,
        RuleRefusal.NoWhyVi => WhyVi,
        RuleRefusal.NoWhyEn => WhyEn,
        RuleRefusal.NoReason => Reason,
        _ => Indicators,
    };

    /// <summary>In the reader's language; where it depends on the kind, what that kind asks for.</summary>
    public static string Words(RuleRefusal refusal, RuleKind kind) => refusal switch
    {
        RuleRefusal.WrongLimits => kind switch
        {
            RuleKind.Range or RuleKind.Precision => T($"Rule.Refused.WrongLimits.{kind}"),
            RuleKind.PreviousChange or RuleKind.YearAgoChange => T("Rule.Refused.WrongLimits.Change"),
            _ => T("Rule.Refused.WrongLimits.Tolerance"),
        },
        RuleRefusal.WrongComparison => kind is RuleKind.IndicatorSum ? T("Rule.Refused.WrongComparison.Parts") : T("Rule.Refused.WrongComparison.One"),
        _ => T($"Rule.Refused.{refusal}"),
    };
}
