namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>Why a cell goes back, in kind; the keys <c>1</c> to <c>6</c>.</summary>
public enum ReturnKind { Unusual = 1, PartsAndTotal, Unit, Period, Typing, Other }

/// <summary>What the verifier has decided on one cell; nothing of it is sent before the report is.</summary>
/// <param name="Reason">Why it goes back, in the verifier's words; null accepts it.</param>
public sealed record CellDecision(ReturnKind? Kind, string? Reason)
{
    public static readonly CellDecision Accepted = new(null, null);

    public bool IsReturn => Kind is not null;
}
