using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account.SignIn;

/// <summary>Signed out here, on the way out at the provider.</summary>
public sealed partial class SsoSignOut(IStringLocalizer<SignInPage> texts)
{
    /// <summary>Where the provider ends its own session.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    private IStringLocalizer T => texts;
}
