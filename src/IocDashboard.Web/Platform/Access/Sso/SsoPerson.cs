using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using IocDashboard.Web.Platform.Access.Sessions;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>Whom the provider vouches for. Issuer and subject together say who it is; nothing else does, for names and addresses are given anew.</summary>
/// <param name="Strong">With a second factor, or a device that is two.</param>
/// <param name="ProvedAt">When the person last proved to the provider who they are; null when it does not say.</param>
public sealed record SsoPerson(
    string Issuer, string Subject, string? UserName, string FullName, string? Agency, ImmutableArray<string> Groups, bool Strong, DateTimeOffset? ProvedAt)
{
    // RFC 8176, and what common providers say of security keys: what one has is one factor, what one knows or is another.
    private static readonly string[] HasMethods = ["otp", "hwk", "swk", "fido"], KnowsOrIsMethods = ["pwd", "pin", "face", "fpt", "iris", "vbm"];

    private const int LongestName = 160;

    /// <summary>What a session of theirs was begun with.</summary>
    public string Method => Strong ? SignInMethods.StrongSso : SignInMethods.Sso;

    /// <param name="verified">The claims of an ID token that was checked, with those of the user-info endpoint.</param>
    /// <exception cref="InvalidOperationException">Claims that every checked ID token has are not there.</exception>
    public static SsoPerson Of(ClaimsPrincipal verified, SsoSettings settings)
    {
        var fullName = verified.FindFirstValue(settings.NameClaim)?.Trim() ?? "";
        return new(
            verified.FindFirstValue("iss") ?? throw new InvalidOperationException("The token names no issuer."),
            verified.FindFirstValue("sub") ?? throw new InvalidOperationException("The token names no subject."),
            verified.FindFirstValue(settings.UserNameClaim),
            fullName.Length > LongestName ? fullName[..LongestName] : fullName,
            verified.FindFirstValue(settings.AgencyClaim)?.Trim(),
            [.. verified.FindAll(settings.GroupsClaim).Select(c => c.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            AreTwo([.. verified.FindAll("amr").Select(c => c.Value)])
                || verified.FindAll("acr").Any(c => settings.StrongAcr.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(c.Value)),
            long.TryParse(verified.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
    }

    private static bool AreTwo(IReadOnlyList<string> methods) =>
        methods.Contains("mfa") || (methods.Any(HasMethods.Contains) && methods.Any(KnowsOrIsMethods.Contains));
}
