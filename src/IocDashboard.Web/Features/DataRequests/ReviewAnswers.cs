using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>What the centre does with what it asked for: accept, return, give more time, withdraw. Each is one act on the audit trail.</summary>
public sealed class ReviewAnswersHandler(DataRequestTransaction requests)
{
    /// <returns>Why it was refused; empty when it was done, or had been already.</returns>
    public Task<IReadOnlyList<JudgementError>> Accept(string number, AcceptAnswers command, AuditActor by, CancellationToken cancellation) => Run(
        number, r => DataRequestDecider.Accept(r, command with { At = Micros.Truncate(command.At) }), command.At,
        new(AuditActions.DataRequestAccepted, by, new JsonObject { ["revision"] = command.Revision }, command.Agency), cancellation);

    public Task<IReadOnlyList<JudgementError>> Return(string number, ReturnAnswers command, AuditActor by, CancellationToken cancellation) => Run(
        number, r => DataRequestDecider.Return(r, command with { At = Micros.Truncate(command.At) }), command.At,
        new(AuditActions.DataRequestReturned, by, new JsonObject { ["revision"] = command.Revision, ["reason"] = command.Reason, ["mendBy"] = Text(command.MendBy) }, command.Agency),
        cancellation);

    public Task<IReadOnlyList<JudgementError>> Extend(string number, ExtendDataRequest command, AuditActor by, CancellationToken cancellation) => Run(
        number, r => DataRequestDecider.Extend(r, command with { At = Micros.Truncate(command.At) }), command.At,
        new(AuditActions.DataRequestExtended, by, new JsonObject { ["dueAt"] = Text(command.DueAt), ["reason"] = command.Reason }, command.Agency), cancellation);

    public Task<IReadOnlyList<JudgementError>> Withdraw(string number, WithdrawDataRequest command, AuditActor by, CancellationToken cancellation) => Run(
        number, r => DataRequestDecider.Withdraw(r, command with { At = Micros.Truncate(command.At) }), command.At,
        new(AuditActions.DataRequestWithdrawn, by, new JsonObject { ["reason"] = command.Reason }), cancellation);

    private async Task<IReadOnlyList<JudgementError>> Run(
        string number, Func<DataRequest, DataRequestDecision> decide, DateTimeOffset at, RequestAct act, CancellationToken cancellation) =>
        (await requests.Run(number, decide, Micros.Truncate(at), act, cancellation)).Errors;

    private static string? Text(DateTimeOffset? instant) => instant?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
