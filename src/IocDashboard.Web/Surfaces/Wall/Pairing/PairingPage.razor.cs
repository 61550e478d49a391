using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Limits;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall.Pairing;

/// <summary>
/// What a screen shows that may not show the wall: its code. Opened again after an operator authorised it, it takes its
/// credential and becomes the wall.
/// </summary>
public sealed partial class PairingPage(Pairings pairings, ProvinceTime time, TimeProvider clock, NavigationManager navigation)
{
    internal const string CookieName = "ioc.pairing";

    [SupplyParameterFromQuery]
    private string? Lang { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private ProvinceTime Time => time;
    private DateTimeOffset Now { get; set; }
    private CultureInfo Culture => DisplayCulture.Of(Lang);

    /// <summary>Null when too many screens wait already.</summary>
    private PairingState.Waiting? Waiting { get; set; }
    private QrPath Qr { get; set; } = QrPath.Empty;

    protected override async Task OnInitializedAsync()
    {
        Now = clock.GetUtcNow();
        var cookie = Http.Request.Cookies[CookieName];
        switch (await pairings.FindAsync(cookie, Http.RequestAborted))
        {
            case PairingState.Waiting waiting:
                Waiting = waiting;
                break;
            case PairingState.Ready when await pairings.CollectAsync(cookie, Http.RequestAborted) is { } token:
                DisplayHandler.Give(Http, token);
                Http.Response.Cookies.Delete(CookieName);
                navigation.NavigateTo(DisplayHandler.WallAddress(Http.Request));
                return;
            default:
                await StartAsync();
                break;
        }

        if (Waiting is not null) Qr = QrPath.Of(navigation.ToAbsoluteUri($"/console/displays?code={Waiting.Code}").AbsoluteUri);
        else Http.Response.Headers["Refresh"] = "20";
    }

    private async Task StartAsync()
    {
        var address = Address.Of(Http);
        if (await pairings.StartAsync(address, Http.RequestAborted) is not { } started) return;
        Waiting = started.State;
        Http.Response.Cookies.Append(CookieName, started.Cookie, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps, IsEssential = true, MaxAge = Pairings.ValidFor, Path = DisplayHandler.WallPath,
        });
    }

    private string Text(string name) => WallText.Get(name, Culture);

    private string Countdown(PairingState.Waiting waiting) => (waiting.ExpiresAt - Now).ToString("mm\\:ss", CultureInfo.InvariantCulture);
}
