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

/// <summary>Names a focal point, anew or in place of another. What is wrong stands beside its field; nothing typed is lost.</summary>
public sealed partial class FocalPointForm : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ImmutableArray<FieldError> _errors = [];
    private string? _agency, _name, _position, _phone, _email, _from, _lastDay;
    private FocalPointKind _kind;
    private bool _busy, _unsaved;
    private ElementReference _heading;

    [Inject]
    private RecordFocalPointHandler Record { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>Those that may be chosen; one alone is not asked for.</summary>
    [Parameter, EditorRequired]
    public required ImmutableArray<Agency> Agencies { get; set; }

    [Parameter]
    public FocalPointKind Kind { get; set; }

    [Parameter]
    public FocalPoint? Replaces { get; set; }

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

    private string Title => Replaces is { } one ? T("Fp.Replace.Of", one.Contact.Name) : T("Fp.Record");

    private FieldError? AgencyError => _errors.FirstOrDefault(e => e.Field == FocalPointFields.Agency);

    protected override void OnInitialized()
    {
        (_kind, _from) = (Kind, FocalPointText.Day(Replaces?.Validity.From > Today ? Replaces.Validity.From : Today));
        if (Agencies is [var only]) _agency = only.Code;
    }

    /// <summary>The button that opened it is gone: the keyboard goes on from here.</summary>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? _heading.FocusAsync().AsTask() : Task.CompletedTask;

    private async Task SaveAsync()
    {
        if (_busy) return;
        var unread = Unread(out var from, out var lastDay);
        var now = Clock.GetUtcNow();
        var command = new RecordFocalPoint(
            Guid.CreateVersion7(now), _agency!, _kind, _name, _position, _phone, _email, from, lastDay?.AddDays(1), Replaces?.Id, Actor.Name, now);
        if (unread.Length > 0)
        {
            // What can be said without the register is said at once with what could not be read.
            var places = unread.Select(e => e.Field).ToHashSet(StringComparer.Ordinal);
            _errors = [.. unread, .. FocalPointDecider.Record([], command with { Replaces = null }).Errors.Where(e => !places.Contains(e.Field))];
            return;
        }

        (_busy, _unsaved) = (true, false);
        try
        {
            var decision = await Record.Handle(command, Scope, Actor, _closed.Token);
            _errors = decision.Errors;
            if (decision.Recorded is { } recorded) await Saved.InvokeAsync(new(recorded.Agency, Told(recorded)));
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

    private ImmutableArray<FieldError> Unread(out DateOnly? from, out DateOnly? lastDay)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        if (string.IsNullOrEmpty(_agency)) errors.Add(FieldError.At(FocalPointFields.Agency, FocalPointCodes.Required));
        if (!FocalPointText.TryRead(_from, out from)) errors.Add(FieldError.At(FocalPointFields.From, FocalPointCodes.BadDay));
        if (!FocalPointText.TryRead(_lastDay, out lastDay)) errors.Add(FieldError.At(FocalPointFields.Until, FocalPointCodes.BadDay));
        return errors.ToImmutable();
    }

    private string Told(FocalPoint recorded) => T(
        "Fp.Told.Recorded", recorded.Contact.Name, T($"Fp.As.{recorded.Kind}"),
        Agencies.First(a => a.Code == recorded.Agency).ShortName.In(CultureInfo.CurrentUICulture), FocalPointText.Day(recorded.Validity.From));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
