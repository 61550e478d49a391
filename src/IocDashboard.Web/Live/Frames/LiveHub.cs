using System.Globalization;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// The live interface of the public contract at <c>/hubs/live</c>: displays subscribe to rendered tiles, machines to values.
/// </summary>
[Authorize(Policies.Listen)]
internal sealed class LiveHub(FramePublisher publisher, LiveConnections connections, Sights sights) : Hub
{
    /// <summary>A machine that wants more than this reads <c>/api/v1/observations</c>.</summary>
    private const int MaxIndicators = 500;

    /// <summary>The current snapshot; from then on <c>Frame</c> messages. Culture: <c>vi</c> (default) or <c>en</c>.</summary>
    public async Task<object> Subscribe(string? channel, string? culture = null) =>
        await publisher.SubscribeAsync(Me, channel ?? "", CultureOf(culture), Context.ConnectionAborted)
        ?? throw new HubException("unknown-channel");

    public async Task<object> SubscribeValues(string?[]? indicators, string? culture = null)
    {
        if (indicators is not { Length: > 0 and <= MaxIndicators }) throw new HubException("too-many-indicators");
        var known = sights.CatalogueFor(Me.Agency).Indicators;
        if (Array.FindIndex(indicators, i => i is null || !known.ContainsKey(i)) is >= 0 and var place) throw new HubException("unknown-indicator: " + indicators[place]);
        return await publisher.SubscribeValuesAsync(
            Me, indicators.OfType<string>().ToHashSet(StringComparer.Ordinal), CultureOf(culture), Context.ConnectionAborted);
    }

    public Task Unsubscribe(string? channel) => publisher.UnsubscribeAsync(Me, channel ?? "", Context.ConnectionAborted);

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (connections.Find(Context.ConnectionId) is { } me) await publisher.UnsubscribeAsync(me, null, CancellationToken.None);
        await base.OnDisconnectedAsync(exception);
    }

    private LiveConnection Me => connections.Find(Context.ConnectionId) ?? throw new HubException("connection-closed");

    private static CultureInfo CultureOf(string? culture) =>
        CultureInfo.GetCultureInfo(culture?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? "en" : "vi-VN");
}
