using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>What became of a logout token. <see cref="Away"/>: the provider's keys could not be read, so nothing can be said of it.</summary>
public enum LogoutOutcome { Done, Refused, Away }

/// <summary>
/// The provider says, server to server, that a person has signed out there or was put out (OpenID Connect Back-Channel Logout
/// 1.0): every session of that person ends here. Which of the provider's sessions it was is not kept here and not asked.
/// </summary>
public sealed class BackchannelLogout(
    SsoSettings settings, IOptionsMonitor<OpenIdConnectOptions> options, SessionRegister sessions, NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>To be registered at the provider.</summary>
    public const string Path = "/signout-oidc-backchannel";

    /// <summary>How old a token may be; so long its number is remembered.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(5);

    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    // Longer ones would be no random number but somebody's text in our table.
    private const int LongestNumber = 200;

    private static readonly JsonWebTokenHandler Handler = new();

    // Without the signature. Which issuer is the right one, only the provider's own configuration says.
    private readonly TokenValidationParameters _addressed = new()
    {
        ValidAudience = settings.ClientId, ValidateLifetime = false, SignatureValidator = (text, _) => new JsonWebToken(text),
        IssuerValidator = (issuer, _, _) => issuer is { Length: > 0 } ? issuer : throw new SecurityTokenInvalidIssuerException(),
    };

    public async Task<LogoutOutcome> Handle(string? token, AuditActor by, CancellationToken cancellation)
    {
        // Anybody can send one: the provider is called for none that does not even claim to be from somebody for us.
        if (string.IsNullOrEmpty(token) || !(await Handler.ValidateTokenAsync(token, _addressed)).IsValid) return LogoutOutcome.Refused;
        var scheme = options.Get(SsoModule.SchemeName);
        if (await ProviderAway.ConfigurationAsync(scheme, cancellation) is not { } provider) return LogoutOutcome.Away;
        var checkedToken = await CheckAsync(token, provider);
        if (checkedToken.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // It may have new keys; asked at most once in a while, whoever asks.
            scheme.ConfigurationManager!.RequestRefresh();
            if (await ProviderAway.ConfigurationAsync(scheme, cancellation) is not { } renewed) return LogoutOutcome.Away;
            checkedToken = await CheckAsync(token, renewed);
        }

        return checkedToken.IsValid && Read((JsonWebToken)checkedToken.SecurityToken) is var (subject, number)
            ? await EndAsync(checkedToken.Issuer, subject, number, by, cancellation)
            : LogoutOutcome.Refused;
    }

    // Signature, issuer and audience. Times are looked at by the centre's own clock below.
    private Task<TokenValidationResult> CheckAsync(string? token, OpenIdConnectConfiguration provider) => Handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = provider.Issuer, ValidAudience = settings.ClientId, IssuerSigningKeys = provider.SigningKeys, ValidateLifetime = false,
    });

    /// <summary>Whom it is about and its number; null when it is no logout token of now (2.4 and 2.6 of the specification).</summary>
    private (string Subject, string Number)? Read(JsonWebToken token)
    {
        if (token.Typ is { Length: > 0 } type && !type.Equals("logout+jwt", StringComparison.OrdinalIgnoreCase) && !type.Equals("JWT", StringComparison.OrdinalIgnoreCase)) return null;
        if (JsonNode.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)) is not JsonObject claims) return null;
        // With a nonce it is an ID token, which says that somebody signed in.
        if (claims.ContainsKey("nonce") || (claims["events"] as JsonObject)?[Event] is not JsonObject) return null;
        var now = clock.GetUtcNow();
        if (Instant(claims["iat"]) is not { } issued || now - issued > Lives || issued - now > SsoModule.ClockSkew) return null;
        if (claims.ContainsKey("exp") && (Instant(claims["exp"]) is not { } until || now - until > SsoModule.ClockSkew)) return null;
        return (Text(claims["sub"]), Text(claims["jti"])) is ({ Length: > 0 } subject, { Length: > 0 and <= LongestNumber } number) ? (subject, number) : null;
    }

    private async Task<LogoutOutcome> EndAsync(string issuer, string subject, string number, AuditActor by, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var tidy = new NpgsqlCommand("delete from identity.logout_token where until < $1", connection, transaction) { Parameters = { new() { Value = now } } };
        await tidy.ExecuteNonQueryAsync(cancellation);
        await using var take = new NpgsqlCommand("insert into identity.logout_token (jti, until) values ($1, $2) on conflict do nothing", connection, transaction)
        {
            Parameters = { new() { Value = number }, new() { Value = now + Lives + SsoModule.ClockSkew } },
        };
        if (await take.ExecuteNonQueryAsync(cancellation) == 0) return LogoutOutcome.Refused;
        // A sign-in that is under way has begun its session before this, or begins it after.
        var account = await SsoAccounts.LockAsync(transaction, issuer, subject, cancellation);
        if (account is not null) await sessions.EndAllAsync(transaction, account, SessionEnds.SignedOutAtProvider, by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        if (account is not null) sessions.Forget(account);
        return LogoutOutcome.Done;
    }

    private static DateTimeOffset? Instant(JsonNode? claim) =>
        claim is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var seconds) && seconds is > 0 and < 100_000_000_000
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    private static string? Text(JsonNode? claim) => claim is JsonValue value && value.TryGetValue<string>(out var text) && !text.Contains('\0') ? text : null;
}
