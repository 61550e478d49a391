using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Rules;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>
/// How a rule would have judged the last 24 months, whether it is in the book or not. The trial is made once the circuit is at work,
/// and tells figures: of another agency's specific indicator nothing is shown before the reading is on the audit trail.
/// </summary>
public sealed partial class TrialPane : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private RuleTrial? _trial;
    private string _agency = "";
    private string? _failure;
    private bool _done;

    [Inject]
    private TryRule Trials { get; set; } = null!;

    [Inject]
    private SpecificReads Reads { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ILogger<TrialPane> Log { get; set; } = null!;

    /// <summary>Another rule is another pane: key it.</summary>
    [Parameter, EditorRequired]
    public required JudgementRule Rule { get; set; }

    [Parameter, EditorRequired]
    public required Sight Sight { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Actor { get; set; }

    /// <summary>Where it is read, as the audit trail tells it.</summary>
    [Parameter, EditorRequired]
    public required string Subject { get; set; }

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
            _agency = catalogue.Forms.GetValueOrDefault(Rule.Form)?.Agency ?? "";
            var trial = await Trials.Handle(Rule, Sight, _closed.Token);
            var told = (trial?.Told ?? []).Select(code => catalogue.Indicators.GetValueOrDefault(code)).OfType<Indicator>();
            await Reads.NoteAsync(Sight, told, Subject, Actor, _closed.Token);
            (_trial, _failure, _done) = (trial, null, true);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The pane is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "The rule {Rule} could not be tried, trace {Trace}", Rule.Code, _failure);
        }
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
