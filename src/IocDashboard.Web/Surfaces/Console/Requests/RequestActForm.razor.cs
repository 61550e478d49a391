using System.Globalization;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Shared.Requests.RequestWords;

namespace IocDashboard.Web.Surfaces.Console.Requests;

public enum RequestActKind { Return, Extend, Withdraw }

/// <summary>What somebody is about to do, and to whose answer; null: to the whole request.</summary>
public sealed record RequestActWanted(RequestActKind Kind, AskedAgency? Asked);

/// <summary>Asks for what an act needs, does it, and says so.</summary>
public sealed partial class RequestActForm : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<JudgementError> _errors = [];
    private ElementReference _heading;
    private string? _reason, _day, _time = "17:00";
    private bool _busy;

    [Inject]
    private ReviewAnswersHandler Review { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required string Number { get; set; }

    [Parameter, EditorRequired]
    public required RequestActWanted Act { get; set; }

    [Parameter]
    public string? AgencyName { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Actor { get; set; }

    /// <summary>In words, for the page to say.</summary>
    [Parameter]
    public EventCallback<string> Done { get; set; }

    [Parameter]
    public EventCallback Cancelled { get; set; }

    private string Title => AgencyName is { } name ? R($"Act.{Act.Kind}.Of", name) : R(Act.Kind == RequestActKind.Extend ? "Act.Extend.All" : "Act.Withdraw");

    /// <summary>The button that opened it may be far away: the keyboard goes on from here.</summary>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? _heading.FocusAsync().AsTask() : Task.CompletedTask;

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        DateTimeOffset? until = DayText.Read(_day) is { } day && DayText.ReadTime(_time) is { } time ? Time.At(day, time) : null;
        var now = Clock.GetUtcNow();
        _errors = Act.Kind switch
        {
            RequestActKind.Return => await Review.Return(Number, new(Act.Asked!.Agency, Act.Asked.Revision, _reason, until, Actor.Name, now), Actor, _closed.Token),
            RequestActKind.Extend => await Review.Extend(Number, new(Act.Asked?.Agency, until, _reason, Actor.Name, now), Actor, _closed.Token),
            _ => await Review.Withdraw(Number, new(_reason, Actor.Name, now), Actor, _closed.Token),
        };
        _busy = false;
        if (_errors.Count == 0) await Done.InvokeAsync(R($"Act.{Act.Kind}.Done"));
    }

    private string? ErrorOf(string place) =>
        _errors.FirstOrDefault(e => e.Pointer == place || (place.Length == 0 && e.Pointer is "/revision" or "/agency")) is { } error
            ? CodeTexts.Detail(error.Code, error.Arguments, CultureInfo.CurrentUICulture)
            : null;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
