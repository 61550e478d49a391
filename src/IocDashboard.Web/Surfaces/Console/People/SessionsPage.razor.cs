using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>Who is signed in now, and from where; read anew every few seconds.</summary>
public sealed partial class SessionsPage : IDisposable
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<OpenSession> _sessions = [], _drawn = [];
    private string? _said, _drawnSaid;
    private (string? Search, DateTimeOffset At)? _read;
    private AuditActor _me = AuditActor.Itself;
    private Guid? _mine;
    private AgencyScope _scope = AgencyScope.None;

    [Inject]
    private FindOpenSessions Find { get; set; } = null!;

    [Inject]
    private SessionRegister Register { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    /// <summary>Its coming is the beat that the list is read anew by.</summary>
    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var me = (await Session).User;
        (_me, _mine, _scope) = (AuditActor.Of(me, address: null), SessionPrincipal.IdOf(me), AgencyScope.Of(me, [Roles.Administrator], []));
        await ReadAsync();
    }

    protected override Task OnParametersSetAsync() =>
        _read is { } read && (read.Search != Search || Clock.GetUtcNow() - read.At >= ReadEvery) ? ReadAsync() : Task.CompletedTask;

    protected override bool ShouldRender()
    {
        if (ReferenceEquals(_drawn, _sessions) && _drawnSaid == _said) return false;
        (_drawn, _drawnSaid) = (_sessions, _said);
        return true;
    }

    private async Task EndAsync(OpenSession session)
    {
        await Register.EndAsync(session.Id, session.Account, SessionEnds.Revoked, _me, _closed.Token);
        _said = T("Sessions.Ended", session.UserName);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _read = (Search, Clock.GetUtcNow());
        try
        {
            _sessions = await Find.Handle(Search, _scope, _closed.Token);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // The list stays as it was; the console says that the connection is lost.
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
