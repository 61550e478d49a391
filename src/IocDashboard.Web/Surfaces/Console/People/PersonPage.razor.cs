using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>What a part of the page did, in a sentence; or what is wrong.</summary>
public sealed record Saying(string Text, bool IsWrong = false);

/// <summary>One person: who they are, what they may do and when, where they are signed in.</summary>
public sealed partial class PersonPage
{
    private UserAccount? _account;
    private bool _loaded, _wrong;
    private string? _said, _password;
    private AuditActor _me = AuditActor.Itself;
    private Guid? _mine;

    [Inject]
    private AdministerPerson Administer { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter]
    public string UserName { get; set; } = "";

    private string Name => _account is { FullName.Length: > 0 } account ? account.FullName : _account?.UserName ?? UserName;

    protected override async Task OnParametersSetAsync()
    {
        var me = (await Session).User;
        (_me, _mine) = (AuditActor.Of(me, address: null), SessionPrincipal.IdOf(me));
        if (_account?.UserName != UserName) await ReadAsync();
    }

    private async Task SayAsync(Saying saying)
    {
        (_said, _wrong) = (saying.Text, saying.IsWrong);
        try
        {
            await ReadAsync();
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // The account stays as it was; what was said stands above it.
        }
    }

    private Task ShowAsync(string password)
    {
        _password = password;
        return SayAsync(new(T("Person.Reset.Done")));
    }

    private async Task ReadAsync()
    {
        _account = await Administer.FindAsync(UserName);
        _loaded = true;
    }
}
