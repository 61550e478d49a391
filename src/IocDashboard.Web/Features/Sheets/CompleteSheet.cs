using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>Somebody says: this is complete.</summary>
/// <param name="Version">Of the sheet that they looked at: what was written since is not sent unseen.</param>
/// <param name="Reason">Why figures that stood are replaced; null for a first report.</param>
/// <param name="AsHead">They answer for the agency (<see cref="Roles.AgencyHead"/>).</param>
/// <param name="Channel">As in <see cref="ReportSubmitted"/>: <c>portal</c>, or <c>file</c> when a file filled the sheet in.</param>
public sealed record CompleteSheet(string Report, long Version, string? Reason, bool AsHead, AuditActor By, string Channel = "portal");

/// <summary>
/// The explicit act that settles an obligation: what the sheet holds, and what stands in cells that it leaves alone, is judged and
/// taken in by the very use case of the public interface. The sheet is closed in the same transaction.
/// </summary>
public sealed class CompleteSheetHandler(FindSheet find, SubmitReportHandler submit, TimeProvider clock)
{
    /// <summary>What would be said of the sheet if it were sent now. Nothing is kept.</summary>
    public Task<SubmissionOutcome> Judge(SeenSheet seen, string by, CancellationToken cancellation)
    {
        var (values, faults) = seen.Content;
        return submit.Handle(
            new Submission(seen.Message(values), faults, seen.Report.Agency, by, "portal", clock.GetUtcNow(), DryRun: true), cancellation);
    }

    /// <param name="scope">Of whoever sends; another agency's sheet is not there.</param>
    public async Task<SubmissionOutcome> Handle(CompleteSheet command, AgencyScope scope, CancellationToken cancellation)
    {
        if (await find.Handle(command.Report, scope, cancellation) is not { } seen)
            return Refuse(Refusal.Content, "/form", SubmissionCodes.UnknownForm, command.Report);
        if (seen.Sheet is not { } sheet) return Refuse(Refusal.Conflict, "", SheetCodes.Empty);
        if (sheet.Version != command.Version) return Refuse(Refusal.Conflict, "", SheetCodes.Changed);
        if (seen.HeadApproves && !command.AsHead) return Refuse(Refusal.NotYours, "", SheetCodes.HeadApproves);

        var (values, faults) = seen.Content;
        if (string.IsNullOrWhiteSpace(command.Reason) && ReplacesVerified(seen)) return Refuse(Refusal.Content, "/reason", SheetCodes.ReasonNeeded);
        return await submit.Handle(
            new Submission(seen.Message(values), faults, seen.Report.Agency, command.By.Name, command.Channel, clock.GetUtcNow(), DryRun: false)
            {
                Reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(),
                PreparedBy = sheet.HandedBy is { } prepared && prepared != command.By.Name ? prepared : null,
                Closes = sheet,
            },
            cancellation);
    }

    private static bool ReplacesVerified(SeenSheet seen) => seen.Cells.Values.Any(c =>
        seen.Standing.GetValueOrDefault(c.Key) is { Verification: VerificationState.Verified } stands &&
        (c.Value != stands.Value || (c.Status ?? ObservationStatus.Provisional) != stands.Status));

    private static SubmissionOutcome.Refused Refuse(Refusal kind, string pointer, string code, params ReadOnlySpan<string> arguments) =>
        new(kind, [JudgementError.At(pointer, code, arguments)]);
}
