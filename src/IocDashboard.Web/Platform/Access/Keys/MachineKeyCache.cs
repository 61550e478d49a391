using System.Collections.Concurrent;

namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary>
/// Keys that were used in the last moments, so that a busy source costs no query per call. Only tokens that exist are kept:
/// guessed ones cannot fill the memory.
/// </summary>
public sealed class MachineKeyCache(TimeProvider time)
{
    /// <summary>How long another node's revocation may go unnoticed.</summary>
    public static readonly TimeSpan TrustFor = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (MachineKey Key, DateTimeOffset ReadAt)> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _used = new();

    internal MachineKey? Find(byte[] tokenHash) =>
        _keys.TryGetValue(Convert.ToHexString(tokenHash), out var entry) && time.GetUtcNow() - entry.ReadAt < TrustFor ? entry.Key : null;

    /// <summary>A token that exists, or existed: it was looked up on this node.</summary>
    internal bool Knows(byte[] tokenHash) => _keys.ContainsKey(Convert.ToHexString(tokenHash));

    internal void Keep(byte[] tokenHash, MachineKey key) => _keys[Convert.ToHexString(tokenHash)] = (key, time.GetUtcNow());

    internal void Forget(Guid id)
    {
        foreach (var (hash, entry) in _keys)
            if (entry.Key.Id == id) _keys.TryRemove(hash, out _);
    }

    /// <summary>True once a minute for each key.</summary>
    internal bool IsUseWorthNoting(MachineKey key, DateTimeOffset now)
    {
        var last = _used.TryGetValue(key.Id, out var noted) ? noted : key.LastUsedAt;
        if (last is { } at && now - at < UseInterval) return false;
        _used[key.Id] = now;
        return true;
    }
}
