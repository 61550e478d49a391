using IocDashboard.Web.Features.Reviews;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>Why a cell goes back, as its agency reads it.</summary>
internal static class ReasonText
{
    public static string Of(CellDecision decision) =>
        string.IsNullOrWhiteSpace(decision.Words) ? T($"Ver.Kind.{decision.Kind}") : $"{T($"Ver.Kind.{decision.Kind}")}: {decision.Words.Trim()}";
}
