using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Rules;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>One rule: what it says, how it would have judged the last 24 months, and the switch.</summary>
public sealed partial class RulePane : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private string _reason = "";
    private string? _refused;
    private bool _busy;

    [Inject]
    private SwitchRuleOnHandler SwitchOn { get; set; } = null!;

    [Inject]
    private SwitchRuleOffHandler SwitchOff { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

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

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
