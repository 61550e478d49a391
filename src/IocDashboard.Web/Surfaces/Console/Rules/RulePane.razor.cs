using System.Diagnostics;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Rules;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>
/// One rule: what it says, how it would have judged the last 24 months, and the switch. The trial is made once the circuit is at
/// work, and tells figures: of another agency's specific indicator nothing is shown before the reading is on the audit trail.
/// </summary>
public sealed partial class RulePane : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private RuleTrial? _trial;
    private string _reason = "", _agency = "";
    private string? _refused, _failure;
    private bool _busy;

    [Inject]
    private TryRule Trials { get; set; } = null!;

    [Inject]
    private SwitchRuleOnHandler SwitchOn { get; set; } = null!;

    [Inject]
    private SwitchRuleOffHandler SwitchOff { get; set; } = null!;

    [Inject]
    private SpecificReads Reads { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private ILogger<RulePane> Log { get; set; } = null!;

    [Parameter, EditorRequired]
    public required BookedRule Booked { get; set; }

    [Parameter, EditorRequired]
    public required Sight Sight { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Actor { get; set; }

    /// <summary>The rule was switched: how it is told.</summary>
    [Parameter]
    public EventCallback<string> Said { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await TryAsync();
        StateHasChanged();
    }

    private async Task TryAsync()
    {
        try
        {
            var catalogue = Catalogues.Current;
            _agency = catalogue.Forms.GetValueOrDefault(Booked.Rule.Form)?.Agency ?? "";
            var trial = await Trials.Handle(Booked.Rule.Code, _closed.Token);
            var told = (trial?.Violations ?? []).Select(v => catalogue.Indicators.GetValueOrDefault(v.Indicator)).OfType<Indicator>();
            await Reads.NoteAsync(Sight, told, $"{ConsoleLinks.Root}/rules?rule={Booked.Rule.Code}", Actor, _closed.Token);
            (_trial, _failure) = (trial, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The pane is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = (Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N"))[..8];
            Log.LogWarning(failure, "The rule {Rule} could not be tried, trace {Trace}", Booked.Rule.Code, _failure);
        }
    }

    private async Task SwitchAsync()
    {
        _busy = true;
        var isOn = Booked.State == RuleState.On;
        var outcome = isOn
            ? await SwitchOff.Handle(new(Booked.Rule.Code, _reason, Actor), _closed.Token)
            : await SwitchOn.Handle(new(Booked.Rule.Code, null, _reason, Actor), _closed.Token);
        _refused = outcome.Refusal is { } refusal ? T($"Rule.Refused.{refusal}") : null;
        _busy = false;
        if (!outcome.Accepted) return;
        _reason = "";
        await Said.InvokeAsync(T(isOn ? "Rule.Switched.Off" : "Rule.Switched.On", Booked.Rule.Code));
    }

    private string When(DateTimeOffset instant) => Time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
