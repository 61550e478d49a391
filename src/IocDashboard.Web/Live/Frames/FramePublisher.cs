using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.Channels;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Limits;
using Microsoft.AspNetCore.SignalR;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// Draws what changed and sends it: each changed tile once per tick, language and sight, the same bytes to every screen that sees
/// the same. A listener whose sight changes is moved to the channel of its new sight, and gets all of it in place of what it had.
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
    private readonly Sights _sights;
    private readonly SpecificReads _reads;
    private readonly Dictionary<string, string> _epochs = new(StringComparer.Ordinal);
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
        IEnumerable<IScene> scenes, LiveBoard board, Sights sights, SpecificReads reads, IServiceScopeFactory scopes, ILoggerFactory loggers,
        TimeProvider clock, LimitSettings limits, IMeterFactory meters)
    {
        _scenes = scenes.ToDictionary(s => s.Channel, StringComparer.Ordinal);
        (_board, _sights, _reads) = (board, sights, reads);
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
    public async Task<object?> SubscribeAsync(LiveConnection connection, string channel, CultureInfo culture, CancellationToken cancellation) =>
        _scenes.TryGetValue(SceneNames.Resolve(channel), out var scene)
            ? await JoinAsync(connection, new SceneChannel(scene, channel, culture, BuildInfo.Version), cancellation)
            : null;

    public Task<object> SubscribeValuesAsync(LiveConnection connection, IReadOnlySet<string> indicators, CultureInfo culture, CancellationToken cancellation)
    {
        var name = "values/" + string.Join(',', indicators.Order(StringComparer.Ordinal));
        return JoinAsync(connection, new ValuesChannel(indicators, name, culture, BuildInfo.Version), cancellation);
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
        board.Reports.GetValueOrDefault(report) is { OverdueSince: not null, IsOwed: true };

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

    private async Task<object> JoinAsync(LiveConnection connection, LiveChannel wanted, CancellationToken cancellation)
    {
        var sight = _sights.Of(connection.Agency);
        await NoteAsync(connection, wanted, sight, cancellation);
        await _gate.WaitAsync(cancellation);
        try
        {
            var board = _board.Current;
            var known = _channels.GetValueOrDefault(wanted.KeyOf(board.Catalogue.HiddenFrom(sight)));
            if (known is null && _channels.Count >= MostChannels) throw new HubException("too-many-channels");
            if (known?.Listeners.Contains(connection) != true && _channels.Values.Count(c => c.Listeners.Contains(connection)) >= _mostChannelsEach)
                throw new HubException("too-many-channels");

            // An agreement that ended while the note was written is seen by the next tick.
            await using var renderer = new TileRenderer(_scopes, _loggers);
            return (await EnterAsync(connection, wanted, sight, board, renderer)).Snapshot();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Adds the listener to the channel of its sight, made and drawn when it is the first. Under the gate.</summary>
    private async Task<LiveChannel> EnterAsync(LiveConnection connection, LiveChannel wanted, Sight sight, BoardState board, TileRenderer renderer)
    {
        var hidden = board.Catalogue.HiddenFrom(sight);
        if (!_channels.TryGetValue(wanted.KeyOf(hidden), out var channel))
        {
            channel = wanted.For(hidden, EpochOf(hidden));
            await channel.AdvanceAsync(board.SeenBy(sight), _clock.GetUtcNow(), renderer);
            _channels[channel.Key] = channel;
        }

        channel.Listeners.Add(connection);
        return channel;
    }

    /// <summary>Listeners whose agreements began, ended or ran out since the last tick. One look for each agency, none at the database.</summary>
    private async Task MoveAsync(BoardState board, TileRenderer renderer, CancellationToken cancellation)
    {
        var seen = new Dictionary<string, (Sight Sight, string Hidden)>(StringComparer.Ordinal);
        var moves = new List<(LiveConnection Connection, LiveChannel From, Sight Sight, string Hidden)>();
        foreach (var channel in _channels.Values)
        {
            foreach (var listener in channel.Listeners)
            {
                var agency = listener.Agency ?? "";
                if (!seen.TryGetValue(agency, out var now))
                {
                    var sight = _sights.Of(agency);
                    seen[agency] = now = (sight, board.Catalogue.HiddenFrom(sight));
                }

                if (now.Hidden != channel.Hidden) moves.Add((listener, channel, now.Sight, now.Hidden));
            }
        }

        foreach (var (connection, from, sight, hidden) in moves)
        {
            from.Listeners.Remove(connection);
            connection.Forget(from);
            if (from.Listeners.Count == 0) from.IdleSince = _clock.GetUtcNow();
            try
            {
                // Who sees less than before is told so whether or not the trail can be written.
                if (from.Hidden.Split(',').Except(hidden.Split(',')).Any(code => code.Length > 0)) await NoteAsync(connection, from, sight, cancellation);
                var channel = await EnterAsync(connection, from, sight, board, renderer);
                connection.Send(channel, channel.Full);
            }
#pragma warning disable CA1031 // One listener that cannot be moved must not hold up the others; it has left the old channel and asks anew.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogNotMoved(_log, from.Name, failure);
                connection.Drop();
            }
        }
    }

    /// <summary>What the trail cannot take is not shown.</summary>
    private Task NoteAsync(LiveConnection connection, LiveChannel channel, Sight sight, CancellationToken cancellation) => _reads.NoteAsync(
        sight, _board.Current.Figures.Values.Select(f => f.Indicator).Where(channel.Carries), "/hubs/live " + channel.Name, connection.Actor, cancellation);

    /// <summary>One for each sight. Numbered, so that it does not tell what is hidden.</summary>
    private string EpochOf(string hidden)
    {
        if (hidden.Length == 0) return _board.Epoch;
        if (!_epochs.TryGetValue(hidden, out var epoch)) _epochs[hidden] = epoch = string.Create(CultureInfo.InvariantCulture, $"{_board.Epoch}.{_epochs.Count + 1}");
        return epoch;
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var board = _board.Current;
            var now = _clock.GetUtcNow();
            await using var renderer = new TileRenderer(_scopes, _loggers);
            await MoveAsync(board, renderer, cancellation);
            foreach (var (key, channel) in _channels)
            {
                if (channel.Listeners.Count == 0)
                {
                    if (now - channel.IdleSince > KeepIdle) _channels.Remove(key);
                    continue;
                }

                await SendAsync(channel, board.SeenBy(_sights.Of(channel.Listeners.First().Agency)), now, renderer);
            }

            _tiles.Add(renderer.Rendered);
        }
        finally
        {
            _gate.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A listener of {Channel} could not be moved to what it may see now; its connection is ended")]
    private static partial void LogNotMoved(ILogger log, string channel, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A frame of {Channel} could not be drawn; its screens keep the last one")]
    private static partial void LogFailed(ILogger log, string channel, Exception failure);
}
