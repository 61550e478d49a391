using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Proposals;

/// <summary>
/// What is proposed for the indicator set and what was decided (articles 7.1, 9.1c). What is open beside the list stands in the address:
/// a proposal, or a form for a new one. Proposals are read anew when the catalogue is, on whichever node somebody decided.
/// </summary>
public sealed partial class ProposalsPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<Proposal> _proposals = [];
    private AuditActor _me = AuditActor.Itself;
    private bool _governs, _changed = true;
    private string? _said;
    private (CatalogueSnapshot, Guid?, string?, string?)? _read;

    [Inject]
    private FindProposals Find { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [SupplyParameterFromQuery(Name = "proposal")]
    private Guid? Opened { get; set; }

    /// <summary>A form for a new proposal: <c>new</c>, <c>change</c> or <c>retire</c>.</summary>
    [SupplyParameterFromQuery(Name = "new")]
    private string? New { get; set; }

    /// <summary>The indicator that the form begins with.</summary>
    [SupplyParameterFromQuery(Name = "code")]
    private string? Code { get; set; }

    private ChangeKind? Asked => Enum.TryParse<ChangeKind>(New, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    private bool IsOpen => Asked is not null || Opened is not null;

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Session).User;
        _me = AuditActor.Of(user, Http?.Connection.RemoteIpAddress?.ToString());
        _governs = Roles.ProposesIndicators.Concat(Roles.RecordsDecisions).Any(user.IsInRole);
        var wanted = (Catalogues.Current, Opened, New, Code);
        if (_read == wanted) return;
        _read = wanted;
        await ReadAsync();
    }

    protected override bool ShouldRender() => _changed && !(_changed = false);

    private async Task ReadAsync()
    {
        _proposals = await Find.Handle(Moment.Sight, _governs, _closed.Token);
        _changed = true;
    }

    private void Open(Guid? id)
    {
        (_said, _changed) = (null, true);
        Navigation.NavigateTo(id is null ? "/console/proposals" : $"/console/proposals?proposal={id}");
    }

    private void Close() => Open(null);

    private async Task TellAsync((string Words, Guid Proposal) told)
    {
        await ReadAsync();
        Navigation.NavigateTo($"/console/proposals?proposal={told.Proposal}");
        (_said, _changed) = (told.Words, true);
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
