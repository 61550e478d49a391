namespace IocDashboard.Web.Surfaces.Shared;

internal static class PageStatus
{
    /// <summary>
    /// 404, with the page that says so. Set only as the answer begins: a page that is 404 earlier the framework does not write at all.
    /// Nothing to do within a circuit.
    /// </summary>
    public static void SayNotFound(this HttpContext? http)
    {
        if (http is not { Response: { HasStarted: false } response }) return;
        response.OnStarting(() =>
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
