using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.Channels;
using IocDashboard.Domain.Alerts;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Limits;
using Microsoft.AspNetCore.SignalR;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// Draws what changed and sends it: each changed tile once per tick and language, the same bytes to every screen.
/// The first change after quiet goes at once; then at most four frames a second. A figure that turns critical or a report
/// that falls overdue never waits. A heartbeat tells a display that the connection lives although nothing changes.
/// </summary>
internal sealed partial class FramePublisher : BackgroundService
{
    public const string FrameMethod = "Frame";
    public static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>Ages and due states move without any change of data; a second is the finest age that a tile shows.</summary>
    private static readonly TimeSpan AgeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepIdle = TimeSpan.FromMinutes(1);

    /// <summary>Each channel is drawn four times a second: a client that asks for ever new ones must not make the others wait.</summary>
    private const int MostChannels = 2_000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, LiveChannel> _channels = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, IScene> _scenes;
    private readonly LiveBoard _board;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _clock;
    private readonly int _mostChannelsEach;
    private readonly ILogger<FramePublisher> _log;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _tiles;
    private readonly Histogram<double> _ticks;
    private volatile bool _urgent;
    private BoardState _seen = BoardState.Empty;

    public FramePublisher(
        IEnumerable<IScene> scenes, LiveBoard board, IServiceScopeFactory scopes, ILoggerFactory loggers, TimeProvider clock, LimitSettings limits, IMeterFactory meters)
    {
        _scenes = scenes.ToDictionary(s => s.Channel, StringComparer.Ordinal);
        _board = board;
        _scopes = scopes;
        _loggers = loggers;
        _clock = clock;
        _mostChannelsEach = limits.ChannelsPerConnection;
        _log = loggers.CreateLogger<FramePublisher>();
        var meter = meters.Create("IocDashboard");
        _frames = meter.CreateCounter<long>("ioc.live.frames", description: "Frames sent, counted once per channel");
        _tiles = meter.CreateCounter<long>("ioc.live.tiles", description: "Tiles rendered");
        _ticks = meter.CreateHistogram<double>("ioc.live.tick", "s", "Composing, rendering and handing over one tick");
    }

    /// <summary>Null when no such channel exists. The snapshot and the place in the sequence are one: no frame is lost in between.</summary>
    public async Task<object?> SubscribeAsync(
        LiveConnection connection, string channel, string? agency, CultureInfo culture, CancellationToken cancellation)
    {
        if (!_scenes.TryGetValue(SceneNames.Resolve(channel), out var scene)) return null;
        return await JoinAsync(
            connection, LiveChannel.KeyOf(channel, culture) + "|" + agency,
            () => new SceneChannel(scene, agency, channel, culture, _board.Epoch, BuildInfo.Version), cancellation);
    }

    public async Task<object> SubscribeValuesAsync(
        LiveConnection connection, IReadOnlySet<string> indicators, string? agency, CultureInfo culture, CancellationToken cancellation)
    {
        var name = "values/" + string.Join(',', indicators.Order(StringComparer.Ordinal));
        return await JoinAsync(
            connection, LiveChannel.KeyOf(name, culture) + "|" + agency,
            () => new ValuesChannel(indicators, agency, name, culture, _board.Epoch, BuildInfo.Version), cancellation);
    }

    public async Task UnsubscribeAsync(LiveConnection connection, string? channel, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            foreach (var joined in _channels.Values.Where(c => channel is null || c.Name == channel))
            {
                if (!joined.Listeners.Remove(connection)) continue;
                connection.Forget(joined);
                if (joined.Listeners.Count == 0) joined.IdleSince = _clock.GetUtcNow();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = _board.Subscribe(OnChange);
        var last = _clock.GetTimestamp() - _clock.TimestampFrequency;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(AgeInterval, stoppingToken);
                var rest = MinInterval - _clock.GetElapsedTime(last);
                while (rest > TimeSpan.Zero && !_urgent)
                {
                    await WaitAsync(rest, stoppingToken);
                    rest = MinInterval - _clock.GetElapsedTime(last);
                }

                _urgent = false;
                last = _clock.GetTimestamp();
                await TickAsync(stoppingToken);
                _ticks.Record(_clock.GetElapsedTime(last).TotalSeconds);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task SendAsync(LiveChannel channel, BoardState board, DateTimeOffset now, TileRenderer renderer)
    {
        try
        {
            if (await channel.AdvanceAsync(board, now, renderer) is not { } message) return;
            _frames.Add(1);
            foreach (var listener in channel.Listeners) listener.Send(channel, message);
        }
#pragma warning disable CA1031 // A tile that cannot be drawn is a defect, but must not darken the screens of other channels.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(_log, channel.Name, failure);
        }
    }

    private void OnChange(BoardChange change)
    {
        // To turn critical or overdue is urgent; to stay so is not.
        var before = _seen;
        _seen = change.State;
        if (change.Series.Any(id => IsCritical(change.State, id) && !IsCritical(before, id))
            || change.Reports.Any(id => IsOverdue(change.State, id) && !IsOverdue(before, id)))
            _urgent = true;
        _wake.Writer.TryWrite(true);
    }

    private static bool IsCritical(BoardState board, int series) => board.Figures.GetValueOrDefault(series) is { Severity: >= Severity.Critical };

    private static bool IsOverdue(BoardState board, string report) =>
        board.Reports.GetValueOrDefault(report) is { OverdueSince: not null, SubmittedAt: null };

    private async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(atMost);
        try
        {
            await _wake.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time for ages and heartbeats.
        }
    }

    private async Task<object> JoinAsync(LiveConnection connection, string key, Func<LiveChannel> create, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var known = _channels.TryGetValue(key, out var channel);
            if (!(known && channel!.Listeners.Contains(connection)) && _channels.Values.Count(c => c.Listeners.Contains(connection)) >= _mostChannelsEach)
                throw new HubException("too-many-channels");
            if (channel is null)
            {
                if (_channels.Count >= MostChannels) throw new HubException("too-many-channels");
                channel = create();
                await using var renderer = new TileRenderer(_scopes, _loggers);
                await channel.AdvanceAsync(_board.Current, _clock.GetUtcNow(), renderer);
                _channels[key] = channel;
            }

            channel.Listeners.Add(connection);
            return channel.Snapshot();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var board = _board.Current;
            var now = _clock.GetUtcNow();
            await using var renderer = new TileRenderer(_scopes, _loggers);
            foreach (var (key, channel) in _channels)
            {
                if (channel.Listeners.Count == 0)
                {
                    if (now - channel.IdleSince > KeepIdle) _channels.Remove(key);
                    continue;
                }

                await SendAsync(channel, board, now, renderer);
            }

            _tiles.Add(renderer.Rendered);
        }
        finally
        {
            _gate.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A frame of {Channel} could not be drawn; its screens keep the last one")]
    private static partial void LogFailed(ILogger log, string channel, Exception failure);
}
