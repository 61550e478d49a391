using System.Collections.Immutable;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Ladders;

/// <summary>What a ladder would do with a real report: when it tells whom, when its letters go, and what they say.</summary>
public sealed partial class LadderPreview
{
    private string? _report;

    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Ladder Ladder { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PendingReport> Pending { get; set; }

    private PendingReport? Chosen => Pending.FirstOrDefault(p => p.Id == _report) ?? (Pending is [var first, ..] ? first : null);

    private ImmutableArray<PlannedStep> Plan(PendingReport report) =>
        LadderPlan.Of(Ladder, report.DueAt, Catalogues.Current.CalendarOf(report.Agency), Province, Clock.GetUtcNow());

    /// <summary>By the calendar of the step's first reader; null: it writes no letters.</summary>
    private DateTimeOffset? LetterAt(PendingReport report, PlannedStep step) => step.Step.Means.ByEmail
        ? Ladder.Quiet.FirstAfter(step.At, Catalogues.Current.CalendarOf(EscalationBodies.ReaderOf(step.Step.To[0], report.Agency)), Province)
        : null;

    private string LetterOf(PendingReport report, PlannedStep step)
    {
        var kind = step.Step.IsReminder(report.DueAt, step.At) ? NoticeKind.Reminder : NoticeKind.Escalation;
        var (subject, body) = Letters.Of(
            [new(kind, report.Agency, [new NoticeItem(report.Id, step.Step.Code, report.DueAt, step.At, IsMissed: false)], step.Step.Means.Texts)], Catalogues.Current, Province);
        return $"{subject}\n\n{body}";
    }

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));
}
