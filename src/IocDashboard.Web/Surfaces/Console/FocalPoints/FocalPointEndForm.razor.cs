using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.FocalPoints;

/// <summary>Asks for the last day of a focal point. Naming it is the confirmation.</summary>
public sealed partial class FocalPointEndForm : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ImmutableArray<FieldError> _errors = [];
    private string? _lastDay;
    private bool _busy, _unsaved;
    private ElementReference _heading;

    [Inject]
    private EndFocalPointHandler End { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required FocalPoint FocalPoint { get; set; }

    [Parameter, EditorRequired]
    public required Agency Agency { get; set; }

    [Parameter, EditorRequired]
    public required DateOnly Today { get; set; }

    [Parameter, EditorRequired]
    public required AgencyScope Scope { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Actor { get; set; }

    [Parameter]
    public EventCallback<FocalPointSaved> Saved { get; set; }

    [Parameter]
    public EventCallback Cancelled { get; set; }

    protected override void OnInitialized() =>
        _lastDay = FocalPointText.Day(FocalPoint.Validity.From > Today ? FocalPoint.Validity.From.AddDays(-1) : Today);

    /// <summary>The button that opened it is gone: the keyboard goes on from here.</summary>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? _heading.FocusAsync().AsTask() : Task.CompletedTask;

    private async Task SaveAsync()
    {
        if (_busy) return;
        if (!FocalPointText.TryRead(_lastDay, out var lastDay))
        {
            _errors = [FieldError.At(FocalPointFields.Until, FocalPointCodes.BadDay)];
            return;
        }

        (_busy, _unsaved) = (true, false);
        try
        {
            var decision = await End.Handle(new(FocalPoint.Id, lastDay?.AddDays(1), Actor.Name, Clock.GetUtcNow()), Scope, Actor, _closed.Token);
            _errors = decision.Errors;
            if (decision.Ended is { } ended)
                await Saved.InvokeAsync(new(ended.Agency, T("Fp.Told.Ended", ended.Contact.Name, Agency.ShortName.In(CultureInfo.CurrentUICulture), FocalPointText.LastDay(ended.Validity.Until!.Value))));
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The form is gone.
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            _unsaved = true;
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
