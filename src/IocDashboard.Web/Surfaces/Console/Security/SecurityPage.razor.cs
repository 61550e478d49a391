using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.SecurityFacts;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Security;

/// <summary>How the centre is secured, as it is in force now and with where each is set. Nothing is changed here but by settings, which a restart reads.</summary>
public sealed partial class SecurityPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<SecurityFact> _facts = [];
    private AuditCheck? _last;
    private AuditVerdict? _verdict;
    private bool _busy;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private IEnumerable<ISecurityFacts> Facts { get; set; } = null!;

    [Inject]
    private CheckAudit Check { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _me = AuditActor.Of((await Session).User, address: null);
        var request = new SecurityRequest(new Uri(Navigation.BaseUri).Scheme == Uri.UriSchemeHttps);
        var facts = new List<SecurityFact>();
        foreach (var some in Facts) facts.AddRange(await some.ReadAsync(request, _closed.Token));
        _facts = facts;
        _last = await Check.LastAsync(_closed.Token);
    }

    private async Task VerifyAsync()
    {
        _busy = true;
        _verdict = await Check.Handle(_me, _closed.Token);
        _last = await Check.LastAsync(_closed.Token);
        _busy = false;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
