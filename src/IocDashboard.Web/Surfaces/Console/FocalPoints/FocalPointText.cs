using System.Globalization;
using IocDashboard.Domain.FocalPoints;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.FocalPoints;

/// <summary>Days and refusals as people read them. People name the last day; what is kept is the first day that no longer counts.</summary>
internal static class FocalPointText
{
    // Anything else is a slip of the finger.
    private const int EarliestYear = 2000, LatestYear = 2100;

    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string LastDay(DateOnly until) => Day(until.AddDays(-1));

    public static string Of(Validity validity) =>
        validity.IsEmpty ? T("Fp.Taken", Day(validity.From))
        : validity.Until is { } until ? T("Fp.Between", Day(validity.From), LastDay(until))
        : T("Fp.Since", Day(validity.From));

    public static string Of(FieldError error) => error.Code switch
    {
        FocalPointCodes.PrincipalOverlaps when error.Arguments is [var name, var from, { Length: > 0 } until] =>
            T("Fp.Error.principal-overlaps", name, T("Fp.Between", Day(Kept(from)), LastDay(Kept(until)))),
        FocalPointCodes.PrincipalOverlaps => T("Fp.Error.principal-overlaps", error.Arguments[0], T("Fp.Since", Day(Kept(error.Arguments[1])))),
        FocalPointCodes.BeforePredecessor => T("Fp.Error.before-predecessor", Day(Kept(error.Arguments[0]))),
        _ => T("Fp.Error." + error.Code, [.. error.Arguments]),
    };

    /// <returns>False when the text is no day. Null, and true, when there is none.</returns>
    public static bool TryRead(string? text, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!DateOnly.TryParseExact(text.Trim(), ["d/M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        if (read.Year is < EarliestYear or > LatestYear) return false;
        day = read;
        return true;
    }

    /// <summary>The address as a link: nothing in it can add a header of its own.</summary>
    public static string MailTo(string email) => "mailto:" + Uri.EscapeDataString(email).Replace("%40", "@", StringComparison.Ordinal);

    /// <summary>With a letter begun: what is in it cannot add a header either.</summary>
    public static string MailTo(string email, string subject, string body) =>
        $"{MailTo(email)}?subject={Uri.EscapeDataString(subject)}&body={Uri.EscapeDataString(body)}";

    /// <summary>Of an agency without a principal: whether it never had one, or whose term is over.</summary>
    public static string WhyNobody(AgencyLine line) =>
        line.Last is { } last ? T("Fp.Ended", last.Contact.Name, LastDay(last.Validity.Until!.Value)) : T("Fp.Never");

    /// <summary>Who comes next, or that a deputy alone stands in; empty where neither is so.</summary>
    public static string WhatNext(AgencyLine line) =>
        line.Next is { } next ? T("Fp.Next", next.Contact.Name, Day(next.Validity.From)) : line.Deputies.IsEmpty ? "" : T("Fp.DeputyOnly");

    public static string Tel(string phone) => "tel:" + string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+'));

    private static DateOnly Kept(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
