namespace IocDashboard.Web.Features.Reviews;

/// <summary>Why a cell goes back, in kind; the keys <c>1</c> to <c>6</c>.</summary>
public enum ReturnKind { Unusual = 1, PartsAndTotal, Unit, Period, Typing, Other }

/// <summary>What a verifier has decided on one cell; nothing of it is sent before the report is.</summary>
/// <param name="Kind">Why it goes back; null accepts it.</param>
/// <param name="Words">The verifier's own beside the kind; null where the kind says it all.</param>
public sealed record CellDecision(ReturnKind? Kind, string? Words)
{
    public static readonly CellDecision Accepted = new(null, null);

    public bool IsReturn => Kind is not null;
}
