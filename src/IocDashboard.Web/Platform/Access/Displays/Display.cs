namespace IocDashboard.Web.Platform.Access.Displays;

/// <summary>A screen that may show the wall, and nothing else. Instants are UTC.</summary>
/// <param name="Agency">Of the person who paired it: it sees what that agency sees. Null: nothing specific.</param>
public sealed record Display(
    Guid Id, string Name, string Place, DateTimeOffset PairedAt, string PairedBy, string? Agency, DateTimeOffset? RevokedAt, DateTimeOffset? LastSeenAt);

/// <summary>How a screen's wait stands. <see cref="Cookie"/> is what its browser is to keep.</summary>
public abstract record PairingState
{
    private PairingState()
    {
    }

    /// <summary>Nobody has authorised it yet.</summary>
    public sealed record Waiting(string Code, DateTimeOffset ExpiresAt) : PairingState;

    /// <summary>Authorised; the screen may fetch its credential, once.</summary>
    public sealed record Ready : PairingState;

    /// <summary>Unknown, expired, or fetched before.</summary>
    public sealed record Gone : PairingState;
}

/// <summary>What became of an operator's attempt to pair.</summary>
public enum PairingOutcome { Paired, UnknownCode, TooManyAttempts, NoName }

/// <summary>The six characters on a waiting screen: none that is mistaken for another when read out, none wider than its field.</summary>
public static class PairingCode
{
    public const int Length = 6;

    private const string Characters = "ABCDEFGHJKLMNPQRSTUVXYZ23456789";

    public static string New() => System.Security.Cryptography.RandomNumberGenerator.GetString(Characters, Length);

    /// <summary>As it was typed: in any case, with spaces or dashes. Null when it cannot be a code.</summary>
    public static string? Read(string? typed)
    {
        var code = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return code.Length == Length && code.All(c => Characters.Contains(c, StringComparison.Ordinal)) ? code : null;
    }
}
