using System.Globalization;
using System.Security.Cryptography;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account.Own;

/// <summary>
/// Sets up, changes and turns off one's own second factor. Every change asks first who is there, for five minutes. A key that
/// an app has not confirmed yet is in the page alone, encrypted for this account.
/// </summary>
public sealed partial class SecondFactorPage(
    AccountManager accounts, SecondFactors factors, Passkeys passkeys, OwnerCheck owner, OneTimeCodes codes, FreshProof proof, SessionRegister sessions, FactorDemands demands,
    AuditTrail audit, IDataProtectionProvider protection, ProvinceTime time, TimeProvider clock, IStringLocalizer<SecondFactorPage> texts)
{
    private static readonly TimeSpan KeyHoldsFor = TimeSpan.FromMinutes(30);

    private UserAccount? _account;
    private IReadOnlyList<PasskeyRow> _passkeys = [];
    private IReadOnlyList<string> _recovery = [];
    private bool _isProven, _isOn, _hasApp, _hasPassword, _isNeeded;
    private int _codesLeft;
    private string _newKey = "";
    private QrPath _qr = QrPath.Empty;
    private string? _refusal, _done;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Entry Form { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    private IStringLocalizer T => texts;
    private bool MustSet => Http.User.HasClaim(c => c.Type == AccessClaims.MustSetSecondFactor);

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        // Keys and recovery codes stay in nobody's cache.
        Http.Response.Headers.CacheControl = "no-store";
        _account = await accounts.GetUserAsync(Http.User);
        if (_account is null) return;
        Show(Opened(Form.Key) ?? accounts.GenerateNewAuthenticatorKey());
        await ReadAsync();
    }

    private async Task Prove()
    {
        var isOwner = await owner.IsOwnerAsync(_account!, Form.Password ?? "");
        if (!isOwner) await RefuseAsync("Wrong");
        else await proof.GiveAsync(SessionPrincipal.IdOf(Http.User)!.Value);
        await ReadAsync();
    }

    private Task SetApp() => ChangeAsync("App", async () =>
    {
        if (Opened(Form.Key) is not { } key) return "Expired";
        if (!await codes.TakeAsync(_account!, key, OwnerCheck.Spaceless(Form.Code))) return "Code";
        _recovery = await factors.SetAppAsync(_account!, key, AuditActor.Of(Http));
        Show(accounts.GenerateNewAuthenticatorKey());
        return null;
    });

    private Task AddPasskey() => ChangeAsync("Passkey", async () =>
    {
        if (Form.Name?.Trim() is not { Length: > 0 and <= 60 } name) return "Name";
        if (await passkeys.AnsweredAsync(Http, _account!, Form.Credential ?? "") is not { } passkey) return "Passkey";
        passkey.Name = name;
        _recovery = await factors.AddPasskeyAsync(_account!, passkey, AuditActor.Of(Http));
        return null;
    });

    private Task Remove(PasskeyRow passkey) => ChangeAsync("Removed", async () => await factors.RemovePasskeyAsync(_account!, passkey.Id, AuditActor.Of(Http)) ? null : "Last");

    private Task NewCodes() => ChangeAsync("Codes", async () =>
    {
        _recovery = await factors.NewRecoveryCodesAsync(_account!, AuditActor.Of(Http));
        return null;
    });

    private Task TurnOff() => ChangeAsync("Off", async () =>
    {
        if (_isNeeded) return "Wrong";
        if (!await owner.IsOwnerAsync(_account!, Form.Password ?? "", Form.Code ?? "")) return "Wrong";
        if (!await factors.IsEnoughAloneAsync(_account!, Form.Password!)) return "Short";
        await factors.TurnOffAsync(_account!, AuditActor.Of(Http));
        return null;
    });

    /// <param name="change">Null when done, or why not.</param>
    private async Task ChangeAsync(string done, Func<Task<string?>> change)
    {
        if ((_isProven ? await change() : "Proof") is { } refused)
        {
            await RefuseAsync(refused);
        }
        else
        {
            _done = done;
            // The change began a new session; its owner need not show again who they are.
            await proof.GiveAsync(SessionPrincipal.IdOf(Http.User)!.Value);
        }

        await ReadAsync();
    }

    private async Task RefuseAsync(string why)
    {
        _refusal = why;
        await audit.RecordAsync(AuditActions.SecondFactorChanged, _account!.UserName!, AuditOutcome.Refused, after: new() { ["why"] = why.ToLowerInvariant() });
    }

    private async Task ReadAsync()
    {
        var state = SessionPrincipal.IdOf(Http.User) is { } id ? await sessions.FindAsync(id) : null;
        _isOn = _account!.TwoFactorEnabled;
        _hasApp = await accounts.HasAppAsync(_account);
        _hasPassword = _account.PasswordHash is not null;
        _codesLeft = await accounts.CountRecoveryCodesAsync(_account);
        _passkeys = await passkeys.ListAsync(_account);
        _isNeeded = state is not null && await demands.IsNeededAsync(state, demands.IsOutside(Http.Connection.RemoteIpAddress));
        // Without a password of its own, an account's owner was asked at the sign-in itself.
        _isProven = state is not null && (await proof.HoldsAsync(state.Id) || (!_hasPassword && clock.GetUtcNow() - state.StartedAt < FreshProof.HoldsFor));
    }

    private void Show(string key)
    {
        _newKey = key;
        _qr = QrPath.Of(Totp.Address(key, _account!.UserName!, T["Centre"]));
    }

    private ITimeLimitedDataProtector Protector => protection.CreateProtector("IocDashboard.NewAuthenticatorKey", _account!.Id).ToTimeLimitedDataProtector();

    private string Sealed(string key) => Protector.Protect(key, KeyHoldsFor);

    private string? Opened(string? form)
    {
        try
        {
            return form is { Length: > 0 } ? Protector.Unprotect(form) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string When(DateTimeOffset instant) => time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string RemoveForm(PasskeyRow passkey) => "remove-" + Convert.ToHexStringLower(SHA256.HashData(passkey.Id))[..16];

    private static string Groups(string key) => string.Join(' ', key.Chunk(4).Select(group => new string(group)));

    private sealed class Entry
    {
        public string? Password { get; set; }
        public string? Code { get; set; }
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Credential { get; set; }
    }
}
