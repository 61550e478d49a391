using IocDashboard.Domain.Escalation;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Ladders;

/// <summary>Words about ladders.</summary>
internal static class LadderText
{
    public static string Of(LadderFinding finding) => finding.Step is { } step
        ? T("Ladr.OfStep", step.Length == 0 ? "—" : step, T($"Ladr.Find.{finding.Code}", finding.What))
        : T($"Ladr.Find.{finding.Code}", SetReasonLength, LadderRules.MostSteps);

    public static string To(LadderStep step) => string.Join(", ", step.To.Select(a => T($"Audience.{a}")));

    /// <summary>Such as: 2 working days before, 08:00.</summary>
    public static string When(LadderStep step) => (step.WorkingDays switch
    {
        0 => T("Ladr.Day.Same"),
        < 0 => T("Ladr.Day.Before", -step.WorkingDays),
        _ => T("Ladr.Day.After", step.WorkingDays),
    }) + ", " + (step.At?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture) ?? T("Ladr.Hour.Own"));

    private const int SetReasonLength = Features.Escalation.SetLadderHandler.LongestReason;
}
