using JasperFx.Events;
using Marten;
using Npgsql;
using SessionOptions = Marten.Services.SessionOptions;

namespace IocDashboard.Web.Features;

/// <summary>Appends events within a transaction that also writes the rows which reflect them.</summary>
public static class HistoryAppend
{
    /// <summary>Appends in order and returns the last event's sequence. The caller holds the stream's <see cref="WriteLock"/>.</summary>
    public static async Task<long> AppendAsync(
        this IDocumentStore history, NpgsqlTransaction transaction, string stream, IEnumerable<object> events, CancellationToken cancellation)
    {
        var appended = await history.AppendAsync(transaction, [(stream, events)], cancellation);
        return appended[0][^1].Sequence;
    }

    /// <summary>Appends to several streams in one round trip; the events come back with their sequences, stream by stream.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<IEvent>>> AppendAsync(
        this IDocumentStore history, NpgsqlTransaction transaction, IReadOnlyList<(string Stream, IEnumerable<object> Events)> streams,
        CancellationToken cancellation)
    {
        await using var session = history.LightweightSession(SessionOptions.ForTransaction(transaction));
        var actions = streams.Select(s => session.Events.Append(s.Stream, s.Events)).ToList();
        await session.SaveChangesAsync(cancellation);
        return [.. actions.Select(a => a.Events)];
    }

    /// <summary>Appends to several streams in one round trip. The caller holds the <see cref="WriteLock"/> of each.</summary>
    public static async Task AppendAsync(
        this IDocumentStore history, NpgsqlTransaction transaction, IEnumerable<(string Stream, object Event)> events, CancellationToken cancellation)
    {
        await using var session = history.LightweightSession(SessionOptions.ForTransaction(transaction));
        foreach (var (stream, @event) in events) session.Events.Append(stream, @event);
        await session.SaveChangesAsync(cancellation);
    }
}
