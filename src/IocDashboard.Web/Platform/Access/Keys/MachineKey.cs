namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary>A key of another system: whose it is and what it may do. Instants are UTC.</summary>
/// <param name="ExpiresAt">Null only for keys that were issued before every key had an end.</param>
/// <param name="Replaces">The key in whose place this one was issued.</param>
public sealed record MachineKey(
    Guid Id, string Agency, IReadOnlyList<string> Scopes, string Label,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt, Guid? Replaces = null)
{
    public bool IsExpiredAt(DateTimeOffset now) => ExpiresAt <= now;

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && !IsExpiredAt(now);
}
