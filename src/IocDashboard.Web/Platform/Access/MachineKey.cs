namespace IocDashboard.Web.Platform.Access;

/// <summary>A key of another system: whose it is and what it may do. Instants are UTC.</summary>
public sealed record MachineKey(
    Guid Id, string Agency, IReadOnlyList<string> Scopes, string Label,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    public bool IsExpiredAt(DateTimeOffset now) => ExpiresAt <= now;
}
