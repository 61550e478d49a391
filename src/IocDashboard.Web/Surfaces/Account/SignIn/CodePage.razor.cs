using System.Globalization;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account.SignIn;

/// <summary>The second step of signing in: whoever gave the right password of an account with a second factor shows that too.</summary>
public sealed partial class CodePage(
    SecondStep step, Passkeys passkeys, AccountManager accounts, SignInLimit limit, AuditTrail audit, NavigationManager navigation, IStringLocalizer<CodePage> texts)
{
    private UserAccount? _account;
    private bool _hasApp, _mayPasskey, _byRecovery;
    private string? _refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Shown Form { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    private IStringLocalizer T => texts;
    private string Back => Session.SignInPath[1..] + (ReturnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(ReturnUrl));

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _account = await step.WhoseAsync();
        if (_account is null)
        {
            navigation.NavigateTo("/" + Back);
            return;
        }

        _hasApp = await accounts.HasAppAsync(_account);
        _mayPasskey = Passkeys.ArePossible(Http.Request) && (await accounts.GetPasskeysAsync(_account)).Count > 0;
    }

    private Task ByCode() => TryAsync(SignInMethods.PasswordAndCode, "code", async () => (_account, await step.CodeAsync(Form.Code ?? "")));

    private Task ByRecoveryCode()
    {
        _byRecovery = true;
        return TryAsync(SignInMethods.PasswordAndRecoveryCode, "recovery-code", async () => (_account, await step.RecoveryCodeAsync(Form.Code ?? "")));
    }

    private Task ByPasskey() => TryAsync(SignInMethods.Passkey, "passkey", () => passkeys.SignInAsync(Http, Form.Credential ?? ""));

    private async Task TryAsync(string method, string failed, Func<Task<(UserAccount?, SignInResult)>> attempt)
    {
        // Posted without the cookie: the person is on the way back to the first step.
        if (_account is null) return;
        if (!limit.Allows(Http))
        {
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Http.Response.Headers.RetryAfter = ((int)SignInLimit.Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            _refusal = "TooMany";
            return;
        }

        var (account, result) = await attempt();
        await audit.RecordSignInAsync(Http, account, result, method, failed);
        if (result.Succeeded) navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/"));
        else _refusal = "Refused";
    }

    private sealed class Shown
    {
        public string? Code { get; set; }
        public string? Credential { get; set; }
    }
}
