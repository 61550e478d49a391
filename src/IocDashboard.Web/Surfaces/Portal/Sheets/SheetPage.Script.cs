using IocDashboard.Domain.Reporting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IocDashboard.Web.Surfaces.Portal.Sheets;

/// <summary>The page and the script of its grid (<c>portal/sheet.js</c>): what it is given, and what it tells.</summary>
public sealed partial class SheetPage
{
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The sheet may have been read since the drawing that this follows: the grid stands on the page with the next one.
        if (_view is null || _grid.Id is null || _mounted || !RendererInfo.IsInteractive) return;
        _mounted = true;
        try
        {
            _self ??= DotNetObjectReference.Create(this);
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["portal/sheet.js"]);
            _script = await _module.InvokeAsync<IJSObjectReference>("mount", _grid, _self, _key);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    /// <summary>From the script: what was typed or pasted. Saved before it is answered.</summary>
    [JSInvokable]
    public async Task<TakenCell[]> Enter(TypedCell[] typed)
    {
        if (_seen is not { } seen) return [.. typed.Select(t => new TakenCell(t.C, t.V, Refused: true, Conflict: false))];
        var entries = typed.Select(t => t.Entered(seen, Seen, _culture)).OfType<CellEntry>().ToList();
        var taken = await WriteAsync(entries);
        return [.. typed.Select(t => new TakenCell(t.C, taken.GetValueOrDefault(t.Key, t.V), Refused: !taken.ContainsKey(t.Key), Conflict: _conflicts.ContainsKey(t.Key)))];
    }

    /// <summary>From the script: the cell that the person is in.</summary>
    [JSInvokable]
    public async Task Look(string? cell)
    {
        _looked = cell is null ? null : TypedCell.KeyOf(cell);
        _past = _looked is { } key ? await Pasts.Handle(_key, key, _scope, _closed.Token) : [];
        StateHasChanged();
    }

    /// <summary>From the script: how many pasted figures found no cell, for they lay beyond the form.</summary>
    [JSInvokable]
    public void Beyond(int figures)
    {
        if (_beyond == figures) return;
        _beyond = figures;
        StateHasChanged();
    }

    /// <summary>Ends the script of the grid; another sheet on this page gets one of its own.</summary>
    private async Task UnmountAsync()
    {
        var (script, module) = (_script, _module);
        (_script, _module, _mounted, _grid) = (null, null, false, default);
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("dispose");
                await script.DisposeAsync();
            }

            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }
}
