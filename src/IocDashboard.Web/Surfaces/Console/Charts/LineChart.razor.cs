using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IocDashboard.Web.Surfaces.Console.Charts;

/// <summary>
/// Lines over periods, drawn by ApexCharts 4.7 through one script. What it takes is a plain model, so that another library
/// (Blazor-ApexCharts, when it is to be had) replaces this file alone. Its twin table is its owner's duty.
/// </summary>
public sealed partial class LineChart(IJSRuntime script) : IAsyncDisposable
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private LineChartModel? _drawn;
    private bool _isGone;

    [Parameter, EditorRequired]
    public required LineChartModel Model { get; set; }

    /// <summary>What the picture shows, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    protected override bool ShouldRender() => !ReferenceEquals(_drawn, Model);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(_drawn, Model)) return;
        _drawn = Model;
        try
        {
            if (_chart is null)
            {
                _module ??= await script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["console/line-chart.js"]);
                _chart = await _module.InvokeAsync<IJSObjectReference>("mount", _element, Model);
                if (_isGone) await DisposeAsync();
            }
            else
            {
                await _chart.InvokeVoidAsync("update", Model);
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("dispose");
                await _chart.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its chart with it.
        }
    }
}
