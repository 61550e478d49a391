namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>
/// One thing about how the centre is secured, as it is in force now. The words for people are among the console's texts,
/// <c>Sec.Fact.{Name}</c>.
/// </summary>
/// <param name="Group">One of <see cref="SecurityGroups"/>.</param>
/// <param name="Value">A duration, number, truth, instant or text that is no language's; null: none.</param>
/// <param name="Setting">The environment variable that sets it; null: the program does, or it is counted.</param>
/// <param name="IsWeak">Worth doing something about.</param>
public sealed record SecurityFact(string Group, string Name, object? Value, string? Setting = null, bool IsWeak = false);

/// <summary>Where a fact stands on the page; the words are <c>Sec.Group.…</c>.</summary>
public static class SecurityGroups
{
    public const string Passwords = "passwords", Sessions = "sessions", Network = "network", Machines = "machines", Counts = "counts";

    /// <summary>In the order of the page.</summary>
    public static readonly IReadOnlyList<string> All = [Counts, Passwords, Sessions, Network, Machines];
}

/// <summary>What the reader's own request says.</summary>
/// <param name="IsHttps">As the reader's browser has it.</param>
public sealed record SecurityRequest(bool IsHttps);

/// <summary>Tells some of the facts. Whoever adds a measure registers one beside it, and the page has a row more.</summary>
public interface ISecurityFacts
{
    Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation);
}
