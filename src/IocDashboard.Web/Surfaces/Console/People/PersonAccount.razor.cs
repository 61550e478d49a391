using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>The account itself: its name and agency, its password, whether it is locked or closed.</summary>
public sealed partial class PersonAccount
{
    private string? _fullName, _agency, _why;
    private PersonOutcome _refused;

    [Inject]
    private AdministerPerson Administer { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required UserAccount Account { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Me { get; set; }

    [Parameter]
    public EventCallback<Saying> Said { get; set; }

    /// <summary>A new initial password, to be shown once.</summary>
    [Parameter]
    public EventCallback<string> PasswordMade { get; set; }

    private bool IsMine => Me.Is(Account.UserName);

    private DateTimeOffset UsedAt => Account.LastSignInAt is { } signedIn && signedIn > Account.OpenedAt ? signedIn : Account.OpenedAt;

    private PersonState State =>
        Account.ClosedAt is not null ? PersonState.Closed
        : Account.LockoutEnd > Clock.GetUtcNow() ? PersonState.Locked
        : !AccountRules.IsOpenAt(Account, Clock.GetUtcNow()) ? PersonState.InitialPasswordLapsed
        : Clock.GetUtcNow() - UsedAt >= FindPeople.UnusedAfter ? PersonState.Unused
        : Account.MustChangePassword ? PersonState.InitialPassword
        : PersonState.Open;

    protected override void OnInitialized() => (_fullName, _agency) = (Account.FullName, Account.Agency);

    private async Task DescribeAsync() => await SayAsync(await Administer.DescribeAsync(Account.UserName!, _fullName, _agency, Me), "Person.Describe.Done");

    private async Task ResetAsync()
    {
        var (outcome, password) = await Administer.ResetPasswordAsync(Account.UserName!, Me);
        if (password is not null) await PasswordMade.InvokeAsync(password);
        else await SayAsync(outcome, "Person.Reset.Done");
    }

    private async Task ResetSecondFactorAsync() => await SayAsync(await Administer.ResetSecondFactorAsync(Account.UserName!, Me), "Person.ResetFactor.Done");

    private async Task UnlockAsync() => await SayAsync(await Administer.UnlockAsync(Account.UserName!, Me), "Person.Unlock.Done");

    private async Task OpenAsync() => await SayAsync(await Administer.OpenAsync(Account.UserName!, Me), "Person.Open.Done");

    private async Task CloseAsync() => await SayAsync(await Administer.CloseAsync(Account.UserName!, _why, Me), "Person.Close.Done");

    // What belongs to a field stands beside it; the rest above.
    private Task SayAsync(PersonOutcome outcome, string done)
    {
        _refused = outcome;
        return outcome switch
        {
            PersonOutcome.Done => Said.InvokeAsync(new(T(done))),
            PersonOutcome.Own or PersonOutcome.LastAdministrator or PersonOutcome.BySso or PersonOutcome.ChangedMeanwhile or PersonOutcome.DatabaseAway or PersonOutcome.UnknownAccount
                => Said.InvokeAsync(new(PersonText.Outcome(outcome), IsWrong: true)),
            _ => Task.CompletedTask,
        };
    }

    private string? ErrorOf(params PersonOutcome[] own) => own.Contains(_refused) ? PersonText.Outcome(_refused) : null;
}
