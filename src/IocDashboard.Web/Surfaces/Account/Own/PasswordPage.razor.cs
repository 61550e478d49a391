using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account.Own;

/// <summary>A person changes the password of their own account; after an initial one they get here before anywhere else.</summary>
public sealed partial class PasswordPage(
    AccountSignIn signIn, AccountManager accounts, Accounts changes, SessionRegister sessions, NavigationManager navigation, IStringLocalizer<PasswordPage> texts)
{
    // What Identity may say; anything else is said in general.
    private static readonly string[] Known = ["Differ", Accounts.SamePassword, Accounts.WrongPassword, PasswordRules.TooShort, "PasswordRequiresUniqueChars", PasswordRules.Guessable];

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
        var refused = Form.New != Form.Again ? ["Differ"] : await changes.ChangePasswordAsync(account, Form.Current, Form.New, AuditActor.Of(Http));
        _refusals = [.. refused.Select(code => Known.Contains(code) ? code : "Refused").Distinct()];
        if (_refusals.Count > 0) return;
        // This machine goes on in a session of its own.
        signIn.Method = SessionPrincipal.IdOf(Http.User) is { } id && await sessions.FindAsync(id) is { } session ? session.Method : SignInMethods.Password;
        await signIn.SignInAsync(account, isPersistent: false);
        navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/"));
    }

    private sealed class Passwords
    {
        public string Current { get; set; } = "";
        public string New { get; set; } = "";
        public string Again { get; set; } = "";
    }
}
