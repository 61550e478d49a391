using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Mail;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Deliveries;

/// <summary>A letter to oneself, and what the mail server answered. The address is one's account's: who writes another keeps it there.</summary>
public sealed partial class TestLetterPane : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private string? _address, _trace;
    private bool _busy;
    private TestLetterOutcome? _outcome;
    private AuditActor _me = AuditActor.Itself;

    [Inject] private SendTestLetter Letter { get; set; } = null!;
    [Inject] private MailSettings Mail { get; set; } = null!;
    [Inject] private ILogger<TestLetterPane> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _me = AuditActor.Of((await Session).User, address: null);
        try
        {
            _address = await Letter.AddressOf(_me.Name, _closed.Token);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            Log.LogWarning(failure, "The address of an account could not be read");
        }
    }

    private async Task SendAsync()
    {
        if (_busy) return;
        (_busy, _outcome, _trace) = (true, null, null);
        try
        {
            _outcome = await Letter.KeepAddress(_address, _me, _closed.Token) ? await Letter.Handle(_me, _closed.Token) : new(TestLetterResult.NotAnAddress, _address);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            _trace = FailureTrace.Short();
            Log.LogWarning(failure, "A test letter could not be sent, trace {Trace}", _trace);
            _outcome = new(TestLetterResult.Away, _address);
        }
        finally
        {
            _busy = false;
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
