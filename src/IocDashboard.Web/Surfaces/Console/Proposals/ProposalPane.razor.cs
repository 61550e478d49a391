using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Proposals;

/// <summary>One proposal: what would change, withdrawn by whoever made it, decided on as the Chairman's paper says.</summary>
public sealed partial class ProposalPane : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<(string Name, string Before, string After)> _differences = [];
    private string _reason = "", _number = "", _signer = "";
    private string? _signedOn, _from, _remarks, _refused;
    private bool _busy, _breaks;

    [Inject]
    private RecordDecisionHandler Decisions { get; set; } = null!;

    [Inject]
    private WithdrawProposalHandler Withdrawals { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Proposal Proposal { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Actor { get; set; }

    /// <summary>Something became of it: how it is told.</summary>
    [Parameter]
    public EventCallback<(string Words, Guid Proposal)> Said { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    private ChangeProposed Change => Proposal.Change;

    protected override void OnInitialized()
    {
        var catalogue = Catalogues.Current;
        var before = catalogue.Book.Of(Change.Indicator.Code).LastOrDefault(v => v.Proposal != Change.Id && !(v.Decision?.At > Change.At));
        _differences = Change.Kind == ChangeKind.Retire ? [] : ProposalText.Differences(before, Change, catalogue, CultureInfo.CurrentUICulture);
        _breaks = Change.Kind == ChangeKind.Change && before is not null && !SeriesBreak.Between(before.Indicator, Change.Indicator, Change.WordingOnly).IsEmpty;
        _from = DayText.Of(Change.Wanted);
    }

    private Task DecideAsync() => RecordAsync(approved: true);

    private Task RefuseAsync() => RecordAsync(approved: false);

    private async Task RecordAsync(bool approved)
    {
        if (DayText.Read(_signedOn) is not { } signed || (approved && DayText.Read(_from) is null))
        {
            _refused = T("Gov.Refused.BadDay");
            return;
        }

        _busy = true;
        var command = new RecordDecision(Proposal.Id, approved, new(_number, signed, _signer), approved ? DayText.Read(_from) : null, _remarks, Actor);
        await TellAsync(await Decisions.Handle(command, _closed.Token), T(approved ? "Gov.Said.Approved" : "Gov.Said.Refused", Change.Indicator.Code, _number, _from));
    }

    private async Task WithdrawAsync()
    {
        _busy = true;
        await TellAsync(await Withdrawals.Handle(new(Proposal.Id, _reason, Actor), _closed.Token), T("Gov.Said.Withdrawn", Change.Indicator.Code));
    }

    private async Task TellAsync(GovernanceOutcome outcome, string words)
    {
        (_busy, _refused) = (false, outcome.Refusal is { } refusal ? T($"Gov.Refused.{refusal}") : null);
        if (outcome.Accepted) await Said.InvokeAsync((words, Proposal.Id));
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
