namespace IocDashboard.Web.Surfaces.Account;

/// <summary>Where to go after signing in or out: a path of this site, never another site that a link smuggled in.</summary>
internal static class LocalPath
{
    public static string Or(string? wanted, string otherwise) =>
        wanted is ['/', ..] && wanted is not ['/', '/' or '\\', ..] && !wanted.Any(char.IsControl) ? wanted : otherwise;
}
