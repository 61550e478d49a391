using System.Globalization;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>An event of a report or a feed in words: what happened, and by whom through which door.</summary>
public sealed record EventText(string What, string Who, MarkupString Icon, string? Style)
{
    /// <param name="nameOf">How the person of an account is called.</param>
    public static EventText Of(object @event, ProvinceTime time, Func<string, string> nameOf) => @event switch
    {
        ReportOpened e => new(T("Ev.Opened", When(e.DueAt, time)), T("Ev.By.System"), Glyphs.Calendar, null),
        ReportFellOverdue => new(T("Ev.Overdue"), T("Ev.By.System"), Glyphs.ClockAlert, "back"),
        ReportSubmitted { Complete: true } e => new(T("Ev.Submitted", e.Revision, T($"Punctuality.{e.Punctuality}")), By(e, nameOf), Glyphs.FileUp, e.Punctuality == Punctuality.Late ? "back" : null),
        ReportSubmitted e => new(T("Ev.Draft", e.Revision), By(e, nameOf), Glyphs.FileUp, null),
        ReportReturned { MendBy: { } mendBy } e => new(T("Ev.ReturnedBy", e.Revision, e.Reasons.Length, When(mendBy, time)), nameOf(e.By), Glyphs.Undo, "back"),
        ReportReturned e => new(T("Ev.Returned", e.Revision, e.Reasons.Length), nameOf(e.By), Glyphs.Undo, "back"),
        ReportChecked e => new(T("Ev.Checked", e.Revision), nameOf(e.By), Glyphs.Check, null),
        ReportVerified { CheckedBy: { } first } e => new(T("Ev.Verified", e.Revision), $"{nameOf(e.By)} · {T("Ver.CheckedBy", nameOf(first))}", Glyphs.Check, null),
        ReportVerified e => new(T("Ev.Verified", e.Revision), nameOf(e.By), Glyphs.Check, null),
        LockExtended e => new(T("Ev.LockExtended", When(e.Until, time), e.Reason), $"{nameOf(e.By)} · {e.Authority}", Glyphs.Lock, "now"),
        LockExtensionEnded e => new(T("Ev.LockExtensionEnded"), nameOf(e.By), Glyphs.Lock, null),
        ReportSourceChanged e => new(T("Ev.SourceChanged", When(e.ChangedAt, time), When(e.DueAt, time)), nameOf(e.By), Glyphs.Plug, "back"),
        ReportDraftBegun e => new(T("Ev.DraftBegun"), nameOf(e.By), Glyphs.Pencil, null),
        ReportLaidBeforeHead e => new(T("Ev.LaidBeforeHead"), nameOf(e.By), Glyphs.Contact, null),
        ReportGivenBackByHead e => new(T("Ev.GivenBack"), nameOf(e.By), Glyphs.Undo, "back"),
        ReportRescheduled e => new(T("Ev.Rescheduled", When(e.DueAt, time), e.Because), T("Ev.By.System"), Glyphs.Calendar, null),
        ReportReminded e => new(T("Ev.Reminded", Told(e.To)), T("Ev.By.System"), Glyphs.Message, null),
        ReportEscalated e => new(T("Ev.Escalated", Told(e.To)), T("Ev.By.System"), Glyphs.Message, "back"),
        ReportUrged e => new(T("Ev.Urged", e.Time, string.Join(", ", e.Recipients), e.Number), $"{nameOf(e.By)} · {T("Ev.AnswerBy", When(e.AnswerBy, time))}", Glyphs.Send, "now"),
        UrgingAnswered { PromisedFor: { } day } e => new(T("Ev.UrgingAnswered", e.Reply), $"{nameOf(e.By)} · {T("Ev.Promised", day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture))}", Glyphs.Message, null),
        UrgingAnswered e => new(T("Ev.UrgingAnswered", e.Reply), nameOf(e.By), Glyphs.Message, null),
        ReportExcused e => new(T("Ev.Excused", e.Reason), $"{nameOf(e.By)} · {e.Authority}", Glyphs.Check, "now"),
        ReportExcuseEnded e => new(T("Ev.ExcuseEnded", e.Reason), nameOf(e.By), Glyphs.Undo, "back"),
        ReportTakenOver e => new(T("Ev.TakenOver", e.Reason), nameOf(e.By), Glyphs.Contact, "now"),
        ReportHandedBack e => new(T("Ev.HandedBack"), nameOf(e.By), Glyphs.Undo, null),
        ReportNoted e => new(T("Ev.Noted", e.Text), nameOf(e.By), Glyphs.Phone, null),
        ReportReleased e => new(T("Ev.Released", e.Document), T("Ev.By.System"), Glyphs.Undo, null),
        ReportLocked => new(T("Ev.Locked"), T("Ev.By.System"), Glyphs.Lock, null),
        MeasurementsReceived { VerifiedByRule: true } e => new(T("Ev.Measured", e.Measurements.Length), $"{nameOf(e.By)} · {e.Feed} · {T("Verification.ByRule")}", Glyphs.Plug, null),
        MeasurementsReceived e => new(T("Ev.Measured", e.Measurements.Length), $"{nameOf(e.By)} · {e.Feed}", Glyphs.Plug, null),
        _ => new(@event.GetType().Name, "", Glyphs.History, null),
    };

    private static string Told(IEnumerable<string> to) => string.Join(", ", to.Select(a => T($"Audience.{a}")));

    private static string By(ReportSubmitted e, Func<string, string> nameOf) => $"{nameOf(e.SubmittedBy)} · {Channel(e.Channel)} · {T("Ev.Cells", e.Values.Length)}" + (e.Reason is { } why ? $" · {why}" : "");

    private static string Channel(string channel) => channel is "api" or "portal" or "file" or "illustrative" ? T($"Ev.Channel.{channel}") : channel;

    private static string When(DateTimeOffset instant, ProvinceTime time) => time.Local(instant).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);
}
