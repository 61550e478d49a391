using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account;

/// <summary>A person changes the password of their own account; after an initial one they get here before anywhere else.</summary>
public sealed partial class PasswordPage(
    AccountSignIn signIn, AccountManager accounts, SessionRegister sessions, AuditTrail audit, NavigationManager navigation, TimeProvider clock, IStringLocalizer<PasswordPage> texts)
{
    // What Identity may say; anything else is said in general.
    private static readonly string[] Known = ["PasswordMismatch", PasswordRules.TooShort, "PasswordRequiresUniqueChars", PasswordRules.Guessable];

    private IReadOnlyList<string> _refusals = [];
    private int _least = PasswordRules.LeastLength;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Passwords Form { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    private IStringLocalizer T => texts;
    private bool MustChange => Http.User.HasClaim(c => c.Type == AccessClaims.MustChangePassword);

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (await accounts.GetUserAsync(Http.User) is { } account) _least = PasswordRules.LeastLengthOf(account);
    }

    private async Task Change()
    {
        if (await accounts.GetUserAsync(Http.User) is not { } account) return;
        _refusals = await RefusalsAsync(account);
        await audit.RecordAsync(
            AuditActions.PasswordChanged, account.UserName!, _refusals.Count == 0 ? AuditOutcome.Done : AuditOutcome.Refused,
            after: _refusals.Count == 0 ? null : new() { ["why"] = string.Join(',', _refusals) });
        if (_refusals.Count > 0) return;
        // Whoever knew the old password is out, on every machine; this one goes on in a session of its own.
        var method = SessionPrincipal.IdOf(Http.User) is { } id && await sessions.FindAsync(id) is { } session ? session.Method : SignInMethods.Password;
        await sessions.EndAllAsync(account.Id, except: null, SessionEnds.PasswordChanged, AuditActor.Of(Http));
        signIn.Method = method;
        await signIn.SignInAsync(account, isPersistent: false);
        navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/"));
    }

    private async Task<IReadOnlyList<string>> RefusalsAsync(UserAccount account)
    {
        if (Form.New != Form.Again) return ["Differ"];
        if (Form.New == Form.Current) return ["Same"];
        // Guessing the present password here counts as guessing it at the door.
        if (await accounts.IsLockedOutAsync(account)) return ["PasswordMismatch"];
        var result = await accounts.ChangePasswordAsync(account, Form.Current, Form.New);
        if (result.Succeeded)
        {
            // Only now: whatever else saves this account must not set it free.
            (account.MustChangePassword, account.PasswordSetAt) = (false, clock.GetUtcNow());
            await accounts.UpdateAsync(account);
            return [];
        }

        var codes = result.Errors.Select(e => Known.Contains(e.Code) ? e.Code : "Refused").Distinct().ToList();
        if (codes.Contains("PasswordMismatch")) await accounts.AccessFailedAsync(account);
        return codes;
    }

    private sealed class Passwords
    {
        public string Current { get; set; } = "";
        public string New { get; set; } = "";
        public string Again { get; set; } = "";
    }
}
