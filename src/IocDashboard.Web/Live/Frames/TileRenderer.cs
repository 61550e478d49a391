using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// Renders tiles to HTML for one tick. <see cref="HtmlRenderer"/> keeps every root component that it has rendered until it is
/// disposed, so each tick has its own; it is made only when a tile has changed.
/// </summary>
internal sealed class TileRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers) : IAsyncDisposable
{
    private AsyncServiceScope? _scope;
    private HtmlRenderer? _renderer;

    public int Rendered { get; private set; }

    public Task<string> RenderAsync(Tile tile, CultureInfo culture)
    {
        _scope ??= scopes.CreateAsyncScope();
        _renderer ??= new HtmlRenderer(_scope.Value.ServiceProvider, loggers);
        Rendered++;
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = tile.Model });
        return _renderer.Dispatcher.InvokeAsync(async () =>
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = culture;
            return (await _renderer.RenderComponentAsync(tile.Component, parameters)).ToHtmlString();
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_renderer is not null) await _renderer.DisposeAsync();
        if (_scope is { } scope) await scope.DisposeAsync();
    }
}
