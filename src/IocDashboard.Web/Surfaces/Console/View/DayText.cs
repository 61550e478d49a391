using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Console.View;

/// <summary>Days and instants as they are typed and shown in Vietnam, in both languages.</summary>
public static class DayText
{
    private static readonly string[] Days = ["d/M/yyyy", "yyyy-MM-dd"], Times = ["H:mm", "HH:mm:ss"];

    /// <summary>Null when nothing, or no day, was typed.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static TimeOnly? ReadTime(string? text) =>
        TimeOnly.TryParseExact(text?.Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>A day and a time of it in the province, as <see cref="Of(DateTimeOffset)"/> writes them; null when they are none.</summary>
    public static DateTimeOffset? ReadInstant(string? text, ProvinceTime time) =>
        text?.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var day, var clock] && Read(day) is { } on && ReadTime(clock) is { } at ? time.At(on, at) : null;

    /// <param name="local">In the province's zone.</param>
    public static string Of(DateTimeOffset local) => local.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An end that is the beginning of a day is told as the last day that counts; any other as its instant.</summary>
    /// <param name="local">In the province's zone.</param>
    public static string Until(DateTimeOffset local) =>
        local.TimeOfDay == TimeSpan.Zero ? ConsoleText.T("Role.LastDay", Of(DateOnly.FromDateTime(local.DateTime).AddDays(-1))) : Of(local);

    public static string Of(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
