using System.Security.Claims;
using System.Text.Encodings.Web;
using IocDashboard.Web.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary>
/// <c>Authorization: Bearer ioc_…</c>; on the hub also <c>?access_token=</c>, because a browser's WebSocket carries no headers.
/// Gives the claims <see cref="AccessClaims.Agency"/>, <see cref="AccessClaims.Scope"/> and <see cref="AccessClaims.Key"/>.
/// </summary>
internal sealed class MachineKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    MachineKeys keys, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "MachineKey";
    private const string Bearer = "Bearer ";
    private string _refusal = AccessCodes.NoToken;

    /// <summary>The token that the request carries, or null. In the query only for hubs: elsewhere it would end up in logs and links.</summary>
    internal static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        return request.Path.StartsWithSegments("/hubs") && request.Query.TryGetValue("access_token", out var token) ? token.ToString() : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { Length: > 0 } token) return AuthenticateResult.NoResult();
        if (!MachineToken.LooksRight(token)) return Refuse(AccessCodes.BadToken);
        var key = await keys.FindAsync(MachineToken.Hash(token), Context.RequestAborted);
        if (key is null or { RevokedAt: not null }) return Refuse(AccessCodes.BadToken);
        if (key.IsExpiredAt(time.GetUtcNow())) return Refuse(AccessCodes.ExpiredToken);
        await NoteUse(key);

        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new(ClaimTypes.Name, key.Label));
        identity.AddClaim(new(AccessClaims.Key, key.Id.ToString()));
        identity.AddClaim(new(AccessClaims.Agency, key.Agency));
        foreach (var scope in key.Scopes) identity.AddClaim(new(AccessClaims.Scope, scope));
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = _refusal == AccessCodes.NoToken ? "Bearer" : "Bearer error=\"invalid_token\"";
        return ApiProblem.WriteAsync(Context, StatusCodes.Status401Unauthorized, _refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem.WriteAsync(Context, StatusCodes.Status403Forbidden, AccessCodes.MissingScope);

    private AuthenticateResult Refuse(string code)
    {
        _refusal = code;
        return AuthenticateResult.Fail(code);
    }

    private async Task NoteUse(MachineKey key)
    {
        try
        {
            await keys.MarkUsedAsync(key, Context.RequestAborted);
        }
        catch (NpgsqlException away)
        {
            // When it was last used is a convenience; it must not keep a known key out.
            Logger.LogDebug(away, "The use of key {Key} was not noted", key.Id);
        }
    }
}
