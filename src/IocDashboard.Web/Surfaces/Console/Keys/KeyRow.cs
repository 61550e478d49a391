using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;

namespace IocDashboard.Web.Surfaces.Console.Keys;

/// <summary>How a key stands. The words are among the console's texts, <c>Key.State.…</c>.</summary>
public enum KeyState { Valid, EndsSoon, Replaced, Expired, Revoked }

/// <summary>One row of the page.</summary>
/// <param name="Successor">The key that was issued in its place and is not revoked.</param>
public sealed record KeyRow(MachineKey Key, KeyState State, Guid? Successor)
{
    public bool IsValid => State is KeyState.Valid or KeyState.EndsSoon or KeyState.Replaced;

    /// <summary>As the commands name it, with the key that follows it.</summary>
    public string Ids => Successor is { } next ? $"{Key.Id} → {next}" : Key.Id.ToString();

    // The beginning of an id is its time: the end tells two of one day apart.
    public string ShortIds => Successor is { } next ? $"{Short(Key.Id)} → {Short(next)}" : Short(Key.Id);

    /// <summary>What still works first, then newest first.</summary>
    public static IReadOnlyList<KeyRow> Of(IReadOnlyList<MachineKey> keys, DateTimeOffset now)
    {
        var successors = keys.Where(k => k is { Replaces: not null, RevokedAt: null }).ToLookup(k => k.Replaces!.Value, k => k.Id);
        return [.. keys.Select(k => Of(k, successors[k.Id].Select(id => (Guid?)id).FirstOrDefault(), now)).OrderBy(r => !r.IsValid)];
    }

    private static string Short(Guid id) => "…" + id.ToString()[^6..];

    private static KeyRow Of(MachineKey key, Guid? successor, DateTimeOffset now) => new(key, key switch
    {
        { RevokedAt: not null } => KeyState.Revoked,
        _ when key.IsExpiredAt(now) => KeyState.Expired,
        _ when successor is not null => KeyState.Replaced,
        { ExpiresAt: { } end } when end - now <= KeyTerm.EndsSoon => KeyState.EndsSoon,
        _ => KeyState.Valid,
    }, successor);
}
