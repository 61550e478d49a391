using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>How people and their rights are worded.</summary>
public static class PersonText
{
    public static string Agency(CatalogueSnapshot catalogue, string code) =>
        catalogue.Agencies.TryGetValue(code, out var agency) ? agency.Name.In(CultureInfo.CurrentUICulture) : code;

    public static string ShortAgency(CatalogueSnapshot catalogue, string code) =>
        catalogue.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(CultureInfo.CurrentUICulture) : code;

    public static string Roles(IEnumerable<string> roles) => string.Join(", ", roles.Select(SurfaceText.RoleName));

    /// <summary>A sentence; <paramref name="why"/> is a person's words, or that nobody used it.</summary>
    public static string ClosedWhy(string? why) => why == CloseUnusedAccounts.Why ? T("Person.Closed.Unused", CloseUnusedAccounts.After.Days) : why ?? "";

    public static string When(ProvinceTime time, DateTimeOffset? instant) => instant is { } at ? DayText.Of(time.Local(at)) : "—";

    /// <summary>The last day that counts; roles end at a day's end unless somebody ended them in between.</summary>
    public static string Until(ProvinceTime time, DateTimeOffset instant) => DayText.Until(time.Local(instant));

    public static string Error(PersonError error) => T($"People.Error.{error.Code}");

    /// <summary>Its sentence, where nothing stands beside a field.</summary>
    public static string Outcome(PersonOutcome outcome) => T($"Person.Outcome.{outcome}");
}
