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
        await using var session = history.LightweightSession(SessionOptions.ForTransaction(transaction));
        var action = session.Events.Append(stream, events);
        await session.SaveChangesAsync(cancellation);
        return action.Events[^1].Sequence;
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
