using MessagePack;

namespace IocDashboard.Web.Live.Frames;

/// <summary>One tile as displays receive it: the inner HTML of the element with that id.</summary>
[MessagePackObject]
public sealed record TileHtml([property: Key("id")] string Id, [property: Key("html")] string Html);

/// <summary>
/// The data in place of HTML, for clients that draw for themselves. <see cref="Id"/> is <c>INDICATOR/AREA</c>; times are RFC 3339.
/// </summary>
[MessagePackObject]
public sealed record TileValue(
    [property: Key("id")] string Id,
    [property: Key("value")] decimal? Value,
    [property: Key("unit")] string Unit,
    [property: Key("status")] string Status,
    [property: Key("state")] string State,
    [property: Key("observedAt")] DateTimeOffset? ObservedAt,
    [property: Key("recordedAt")] DateTimeOffset? RecordedAt,
    [property: Key("ageClass")] string AgeClass);

/// <summary>
/// What changed on a channel. <see cref="Seq"/> rises by one a frame within an <see cref="Epoch"/>; a client that sees a gap or
/// another epoch subscribes again. A <see cref="Full"/> frame carries every tile and needs no predecessor: a slow client gets
/// one in place of all that it missed. <see cref="At"/> is the server's time, from which a display counts ages.
/// </summary>
[MessagePackObject]
public sealed record Frame<TTile>(
    [property: Key("channel")] string Channel,
    [property: Key("epoch")] string Epoch,
    [property: Key("seq")] long Seq,
    [property: Key("full")] bool Full,
    [property: Key("at")] DateTimeOffset At,
    [property: Key("build")] string Build,
    [property: Key("tiles")] IReadOnlyList<TTile> Tiles);
