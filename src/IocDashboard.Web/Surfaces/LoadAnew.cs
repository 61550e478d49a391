using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces;

/// <summary>
/// In place of a page whose circuit may show it no longer: a session that ended or was locked, a right that was taken away. The
/// address is loaded anew, and the server answers: signing in, which returns here, or a refusal.
/// </summary>
public sealed class LoadAnew(NavigationManager navigation) : ComponentBase
{
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) navigation.NavigateTo(navigation.Uri, forceLoad: true);
    }
}
