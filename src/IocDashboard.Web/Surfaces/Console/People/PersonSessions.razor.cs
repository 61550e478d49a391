using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>Where one person is and was signed in; each open session is ended here, but for the one that looks on.</summary>
public sealed partial class PersonSessions
{
    private IReadOnlyList<SessionRow> _sessions = [];
    private string? _read;

    [Inject]
    private SessionRegister Register { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public required UserAccount Account { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Me { get; set; }

    /// <summary>The session of whoever reads the page.</summary>
    [Parameter]
    public Guid? Mine { get; set; }

    [Parameter]
    public EventCallback<Saying> Said { get; set; }

    private int Open => _sessions.Count(s => s.EndedWhy is null);

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _sessions = await Register.ListAsync(Account.Id);
        }
        catch (Exception failure) when (_read == Account.Id && DatabaseAway.Is(failure))
        {
            // The list stays as it was; the page says what could not be done.
        }

        _read = Account.Id;
    }

    private async Task EndAsync(SessionRow session)
    {
        await Register.EndAsync(session.Id, Account.Id, SessionEnds.Revoked, Me);
        await Said.InvokeAsync(new(T("Session.End.Done")));
    }

    private async Task EndAllAsync()
    {
        var ended = await Register.EndAllAsync(Account.Id, Mine, SessionEnds.Revoked, Me);
        await Said.InvokeAsync(new(T("Session.EndAll.Done", ended)));
    }
}
