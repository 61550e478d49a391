using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Board;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// One channel in one language for all listeners from whom the same is hidden: what was last sent, and who listens. Used under
/// the publisher's gate only.
/// </summary>
internal abstract class LiveChannel(string name, CultureInfo culture, string build)
{
    private SerializedHubMessage? _full;

    public string Name => name;
    public CultureInfo Culture => culture;
    protected string Build => build;

    /// <summary>Of the server's start and of what is hidden: to be moved to another sight is, for a client, another epoch.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>What is hidden from its listeners, as <see cref="SeenCatalogue"/> writes it.</summary>
    public string Hidden { get; init; } = "";
    public long Seq { get; protected set; }
    public HashSet<LiveConnection> Listeners { get; } = [];
    public DateTimeOffset SentAt { get; protected set; }
    public DateTimeOffset IdleSince { get; set; }

    public string Key => KeyOf(Hidden);

    public string KeyOf(string hidden) => $"{name}|{culture.TwoLetterISOLanguageName}|{hidden}";

    /// <summary>The same channel for listeners of this sight, with nothing sent yet.</summary>
    public abstract LiveChannel For(string hidden, string epoch);

    /// <summary>Brings the channel up to the board as its listeners see it; returns the message to send, or null when nothing changed and no heartbeat is due.</summary>
    public async Task<SerializedHubMessage?> AdvanceAsync(BoardState board, DateTimeOffset now, TileRenderer renderer)
    {
        var changed = await ChangeAsync(board, now, renderer);
        if (changed is null && now - SentAt < FramePublisher.Heartbeat) return null;
        Seq++;
        SentAt = now;
        _full = null;
        return new(new InvocationMessage(FramePublisher.FrameMethod, [FrameOf(changed, now)]));
    }

    /// <summary>Everything at the current sequence, serialised once for all that need it.</summary>
    public SerializedHubMessage Full => _full ??= new(new InvocationMessage(FramePublisher.FrameMethod, [Snapshot()]));

    public abstract object Snapshot();

    /// <summary>The indicators that it can carry to a listener, of those that the catalogue holds.</summary>
    public abstract bool Carries(Indicator indicator);

    /// <summary>What changed since the last frame, in whatever form <see cref="FrameOf"/> understands; null when nothing did.</summary>
    protected abstract Task<object?> ChangeAsync(BoardState board, DateTimeOffset now, TileRenderer renderer);

    protected abstract object FrameOf(object? changed, DateTimeOffset now);
}

/// <summary>A channel of rendered tiles: a tile is drawn when its model differs from the one drawn before.</summary>
internal sealed class SceneChannel(IScene scene, string name, CultureInfo culture, string build) : LiveChannel(name, culture, build)
{
    private readonly Dictionary<string, (object Model, TileHtml Html)> _drawn = [];
    private IReadOnlyList<TileHtml> _all = [];

    public override LiveChannel For(string hidden, string epoch) => new SceneChannel(scene, Name, Culture, Build) { Hidden = hidden, Epoch = epoch };

    /// <summary>Any: a wall counts and alarms over all that its reader sees.</summary>
    public override bool Carries(Indicator indicator) => true;

    public override object Snapshot() => new Frame<TileHtml>(Name, Epoch, Seq, Full: true, SentAt, Build, _all);

    protected override async Task<object?> ChangeAsync(BoardState board, DateTimeOffset now, TileRenderer renderer)
    {
        var tiles = scene.Compose(board, Culture, now);
        var fresh = new List<(Tile Tile, TileHtml Html)>();
        foreach (var tile in tiles)
        {
            if (_drawn.TryGetValue(tile.Id, out var drawn) && drawn.Model.Equals(tile.Model)) continue;
            fresh.Add((tile, new TileHtml(tile.Id, await renderer.RenderAsync(tile, Culture))));
        }

        if (fresh.Count == 0) return null;

        // Only now, when all are drawn, do they count as sent: a tile that fails leaves the others to the next tick.
        var changed = new List<TileHtml>(fresh.Count);
        foreach (var (tile, html) in fresh)
        {
            _drawn[tile.Id] = (tile.Model, html);
            changed.Add(html);
        }

        _all = [.. tiles.Select(t => _drawn[t.Id].Html)];
        return changed;
    }

    protected override object FrameOf(object? changed, DateTimeOffset now) =>
        new Frame<TileHtml>(Name, Epoch, Seq, Full: false, now, Build, (IReadOnlyList<TileHtml>?)changed ?? []);
}

/// <summary>A channel of plain values for clients that draw for themselves.</summary>
internal sealed class ValuesChannel(IReadOnlySet<string> indicators, string name, CultureInfo culture, string build) : LiveChannel(name, culture, build)
{
    private readonly Dictionary<string, TileValue> _sent = [];

    public override LiveChannel For(string hidden, string epoch) => new ValuesChannel(indicators, Name, Culture, Build) { Hidden = hidden, Epoch = epoch };

    public override bool Carries(Indicator indicator) => indicators.Contains(indicator.Code);

    public override object Snapshot() => new Frame<TileValue>(Name, Epoch, Seq, Full: true, SentAt, Build, [.. _sent.Values]);

    protected override Task<object?> ChangeAsync(BoardState board, DateTimeOffset now, TileRenderer renderer)
    {
        var changed = new List<TileValue>();
        foreach (var figure in board.Figures.Values)
        {
            if (!indicators.Contains(figure.Indicator.Code)) continue;
            var value = ValueOf(figure, now);
            if (_sent.TryGetValue(value.Id, out var sent) && sent == value) continue;
            _sent[value.Id] = value;
            changed.Add(value);
        }

        return Task.FromResult<object?>(changed.Count == 0 ? null : changed);
    }

    protected override object FrameOf(object? changed, DateTimeOffset now) =>
        new Frame<TileValue>(Name, Epoch, Seq, Full: false, now, Build, (IReadOnlyList<TileValue>?)changed ?? []);

    private TileValue ValueOf(Figure figure, DateTimeOffset now) => new(
        figure.Indicator.Code + "/" + figure.Area.Code,
        figure.Value,
        figure.Indicator.Unit.In(Culture),
        Lower(figure.Status),
        Lower(figure.Severity),
        figure.TimeKey,
        figure.RecordedAt,
        Lower(figure.AgeAt(now)));

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
