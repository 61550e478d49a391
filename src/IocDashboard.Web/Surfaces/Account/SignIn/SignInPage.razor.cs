using System.Globalization;
using System.Reflection;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Access.Sso;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account.SignIn;

public sealed partial class SignInPage(
    FirstStep first, Passkeys passkeys, SignInLimit limit, SsoSettings sso, AuditTrail audit, CatalogueCache catalogue,
    NavigationManager navigation, IStringLocalizer<SignInPage> texts)
{
    private string? _refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Credentials Form { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    /// <summary>Why the person is here again: one of <see cref="SessionEnds"/>.</summary>
    [SupplyParameterFromQuery(Name = Session.EndedParameter)]
    private string? Ended { get; set; }

    /// <summary>Why the single sign-on came to nothing: one of <see cref="SsoRefusals"/>.</summary>
    [SupplyParameterFromQuery(Name = SsoRefusals.Parameter)]
    private string? Sso { get; set; }

    private string? EndedText => Ended is { } why && texts[$"Ended.{why}"] is { ResourceNotFound: false } text ? text.Value : null;

    private string? SsoRefusal => sso.IsOn && _refusal is null && Sso is { } why && texts[$"Sso.{why}"] is { ResourceNotFound: false } text ? text.Value : null;

    /// <summary>Null where there is none.</summary>
    private string? SsoName => !sso.IsOn ? null : (CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? sso.Name.En : sso.Name.Vi) ?? texts["SsoName"];

    private string SsoAddress => SsoEndpoints.SignInPath[1..] + (ReturnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(ReturnUrl)}");

    private IStringLocalizer T => texts;
    private string? SignedInAs => Http.User.Identity is { IsAuthenticated: true } person ? person.Name : null;
    private IReadOnlyList<Area> Districts => [.. catalogue.Current.AreaList.Where(a => a.IsDistrict)];
    private int Indicators => catalogue.Current.IndicatorList.Length;
    private int Providers => catalogue.Current.IndicatorList.Select(i => i.Agency).Distinct().Count();

    private static string Version { get; } =
        typeof(SignInPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    protected override void OnInitialized() => Form ??= new();

    private async Task SignIn()
    {
        if (!IsAllowed()) return;
        var (account, result) = await first.PasswordAsync(Form.UserName.Trim(), Form.Password);
        if (result.RequiresTwoFactor)
        {
            // Half a sign-in is none; but whoever knows a password without the second factor is worth knowing about.
            await audit.RecordSecondStepAsync(Http, account!);
            navigation.NavigateTo(Session.SecondStepPath + (ReturnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(ReturnUrl)));
            return;
        }

        await audit.RecordSignInAsync(Http, account, result, SignInMethods.Password, "password");
        if (result.Succeeded) navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/"));
        else _refusal = result == AccountSignIn.SecondFactorFirst ? "OutsideFirst" : "Refused";
    }

    private async Task SignInByPasskey()
    {
        if (!IsAllowed()) return;
        var (account, result) = await passkeys.SignInAsync(Http, Form.Credential);
        await audit.RecordSignInAsync(Http, account, result, SignInMethods.Passkey, "passkey");
        if (result.Succeeded) navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/"));
        else _refusal = "PasskeyRefused";
    }

    private bool IsAllowed()
    {
        if (limit.Allows(Http)) return true;
        Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Http.Response.Headers.RetryAfter = ((int)SignInLimit.Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        _refusal = "TooMany";
        return false;
    }

    private sealed class Credentials
    {
        public string UserName { get; set; } = "";
        public string Password { get; set; } = "";
        public string Credential { get; set; } = "";
    }
}
