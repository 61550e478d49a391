using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>What a rule is about and what it allows, in the words of whoever reads it.</summary>
public static class RuleText
{
    public static string ScopeOf(JudgementRule rule)
    {
        var scope = $"{rule.Form}: {(rule.Indicators.IsEmpty ? T("Rule.AllColumns") : string.Join(", ", rule.Indicators))}";
        if (!rule.Against.IsEmpty) scope += $" {(rule.Kind == RuleKind.PartOfWhole ? "≤" : "=")} {string.Join(" + ", rule.Against)}";
        return rule.Areas.IsEmpty ? scope : $"{scope} · {string.Join(", ", rule.Areas)}";
    }

    public static string LimitsOf(JudgementRule rule)
    {
        var limits = rule.Limits;
        return rule.Kind switch
        {
            RuleKind.Range => T("Rule.Limit.Range", limits.Least is { } least ? Number(least) : "−∞", limits.Most is { } most ? Number(most) : "+∞"),
            RuleKind.Precision => T("Rule.Limit.Decimals", limits.Decimals),
            RuleKind.PreviousChange or RuleKind.YearAgoChange when limits.Relative is { } share => T("Rule.Limit.Change", Number(share * 100), Number(limits.Absolute)),
            RuleKind.PreviousChange or RuleKind.YearAgoChange => T("Rule.Limit.Step", Number(limits.Absolute)),
            _ => T("Rule.Limit.Tolerance", Number(limits.Absolute)),
        };
    }

    public static string Number(decimal value) => NumberText.Trimmed(value, 12, CultureInfo.CurrentUICulture);
}
