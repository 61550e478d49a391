using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Console.View;

/// <summary>Addresses within the console. Each carries the instant that is being looked at, so that a past view stays past.</summary>
public static class ConsoleLinks
{
    public const string Root = "/console";

    public static string Overview(DateTimeOffset? asOf) => With(Root, asOf);

    public static string Field(string code, DateTimeOffset? asOf) => With($"{Root}/fields/{Escape(code)}", asOf);

    public static string Overdue(DateTimeOffset? asOf) => With($"{Root}/overdue", asOf);

    public static string Sources(DateTimeOffset? asOf) => With($"{Root}/sources", asOf);

    /// <summary>One agency's record.</summary>
    public static string Agency(string code, DateTimeOffset? asOf) => With($"{Root}/agencies/{Escape(code)}", asOf);

    public static string Indicator(string code, string? area, DateTimeOffset? asOf) =>
        With($"{Root}/indicators/{Escape(code)}", asOf, area is null or Domain.Catalogue.Area.ProvinceCode ? null : $"area={Escape(area)}");

    /// <summary>The measurements of a stream before an instant.</summary>
    public static string Older(string code, string area, DateTimeOffset before, DateTimeOffset? asOf) => With(
        $"{Root}/indicators/{Escape(code)}", asOf,
        string.Create(CultureInfo.InvariantCulture, $"area={Escape(area)}&before={before.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}"));

    /// <summary>Measures by a group; with <paramref name="group"/> and <paramref name="part"/> the list behind one number.</summary>
    public static string Measures(string by, int months, string? group, string? part, DateTimeOffset? asOf) => With(
        $"{Root}/measures", asOf,
        string.Create(CultureInfo.InvariantCulture, $"by={by}&months={months}") + (group is null ? "" : $"&group={Escape(group)}&part={part}"));

    public static string Report(string form, string agency, ReportingPeriod period, DateTimeOffset? asOf) =>
        With($"{Root}/reports/{Escape(form)}/{Escape(agency)}/{period}", asOf);

    /// <param name="key">As <see cref="ReportKey"/> writes it.</param>
    public static string Report(string key, DateTimeOffset? asOf) => With($"{Root}/reports/{key}", asOf);

    /// <summary>RFC 3339 in UTC: no plus sign to escape, and no zone to guess.</summary>
    public static string Format(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Null for an empty or unreadable text: the page is then live.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private static string With(string path, DateTimeOffset? asOf, string? query = null)
    {
        if (asOf is { } instant) query = (query is null ? "" : query + "&") + "asOf=" + Format(instant);
        return query is null ? path : $"{path}?{query}";
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
