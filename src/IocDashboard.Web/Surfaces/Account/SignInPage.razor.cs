using System.Reflection;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account;

public sealed partial class SignInPage(
    SignInManager<UserAccount> signIn, CatalogueCache catalogue, NavigationManager navigation, IStringLocalizer<SignInPage> texts)
{
    private string? _refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Credentials Form { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

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
        var result = await signIn.PasswordSignInAsync(Form.UserName.Trim(), Form.Password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded) navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/console"));
        else _refusal = result.IsLockedOut ? "LockedOut" : "Refused";
    }

    private sealed class Credentials
    {
        public string UserName { get; set; } = "";
        public string Password { get; set; } = "";
    }
}
