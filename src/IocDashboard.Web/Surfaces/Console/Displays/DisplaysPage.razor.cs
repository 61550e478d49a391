using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Displays;

/// <summary>The paired screens; a screen that shows a code is paired here, and any is revoked at once.</summary>
public sealed partial class DisplaysPage : IDisposable
{
    // Noted every half minute while a screen is connected.
    private static readonly TimeSpan SeenLately = TimeSpan.FromSeconds(75);

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<Display> _displays = [];
    private string? _code, _name, _place, _said;
    private bool _busy, _wrong;
    private Guid? _asked;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private Pairings Pairings { get; set; } = null!;

    [Inject]
    private DisplayRegister Register { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    /// <summary>From the QR code of the waiting screen.</summary>
    [SupplyParameterFromQuery(Name = "code")]
    private string? Code { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _code = PairingCode.Read(Code);
        _me = AuditActor.Of((await Session).User, address: null);
        await ReadAsync();
    }

    private async Task Pair()
    {
        (_busy, _asked) = (true, null);
        var outcome = await Pairings.AuthoriseAsync(_code, _name, _place, _me, _closed.Token);
        _wrong = outcome != PairingOutcome.Paired;
        _said = _wrong ? T($"Disp.{outcome}") : T("Disp.Paired", _name!.Trim());
        if (!_wrong) (_code, _name, _place) = (null, null, null);
        await ReadAsync();
        _busy = false;
    }

    /// <summary>Asks once more on the button itself: a wall that goes dark by a slip is seen by everybody.</summary>
    private async Task Revoke(Display display)
    {
        if (_asked != display.Id)
        {
            _asked = display.Id;
            return;
        }

        _asked = null;
        await Register.RevokeAsync(display.Id, _me, _closed.Token);
        (_said, _wrong) = (T("Disp.Revoked", display.Name), false);
        await ReadAsync();
    }

    private async Task ReadAsync() => _displays = await Register.ListAsync(_closed.Token);

    private string StateOf(Display display) => T(
        display.RevokedAt is not null ? "Disp.State.Revoked"
        : display.LastSeenAt is { } seen && Clock.GetUtcNow() - seen < SeenLately ? "Disp.State.On"
        : "Disp.State.Off");

    private string When(DateTimeOffset instant) => Time.Local(instant).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
