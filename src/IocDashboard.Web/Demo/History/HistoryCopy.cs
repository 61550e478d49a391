using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Demo.History;

/// <summary>
/// Copies history into the tables in PostgreSQL's binary format. Marten's own tables are written directly: its bulk insert has a
/// transaction of its own, and here events and rows must appear together or not at all.
/// </summary>
internal sealed class HistoryCopy(NpgsqlConnection connection, IDocumentStore history)
{
    private readonly Dictionary<Type, (string Name, string DotNetName)> _types =
        history.Options.Events.AllKnownEventTypes().ToDictionary(t => t.EventType, t => (t.EventTypeName, t.DotNetTypeName));

    /// <summary>Streams come first: an event row refers to its stream's.</summary>
    public void Streams(IEnumerable<(string Stream, long Events, DateTimeOffset First, DateTimeOffset Last)> streams)
    {
        using var copy = connection.BeginBinaryImport("copy history.mt_streams (id, version, timestamp, created) from stdin (format binary)");
        foreach (var (stream, events, first, last) in streams)
        {
            copy.StartRow();
            copy.Write(stream, NpgsqlDbType.Varchar);
            copy.Write(events, NpgsqlDbType.Bigint);
            copy.Write(last, NpgsqlDbType.TimestampTz);
            copy.Write(first, NpgsqlDbType.TimestampTz);
        }

        copy.Complete();
    }

    public void Events(IEnumerable<EventRow> events)
    {
        using var copy = connection.BeginBinaryImport("copy history.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type) from stdin (format binary)");
        foreach (var row in events)
        {
            var (name, dotNetName) = _types[row.Type];
            copy.StartRow();
            copy.Write(row.Seq, NpgsqlDbType.Bigint);
            copy.Write(row.Id, NpgsqlDbType.Uuid);
            copy.Write(row.Stream, NpgsqlDbType.Varchar);
            copy.Write(row.Version, NpgsqlDbType.Bigint);
            copy.Write(row.Json, NpgsqlDbType.Jsonb);
            copy.Write(name, NpgsqlDbType.Varchar);
            copy.Write(row.At, NpgsqlDbType.TimestampTz);
            copy.Write(dotNetName, NpgsqlDbType.Varchar);
        }

        copy.Complete();
    }

    public void Observations(IEnumerable<ObservationRow> rows)
    {
        using var copy = connection.BeginBinaryImport(
            "copy ioc.observation (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at, received_at, note) from stdin (format binary)");
        foreach (var (series, observed, isHead) in rows)
        {
            copy.StartRow();
            copy.Write(series, NpgsqlDbType.Integer);
            copy.Write(observed.TimeKey, NpgsqlDbType.TimestampTz);
            copy.Write((byte)observed.Rhythm, NpgsqlDbType.InternalChar);
            copy.Write(observed.Revision, NpgsqlDbType.Integer);
            Write(copy, observed.Value);
            copy.Write((short)observed.Status, NpgsqlDbType.Smallint);
            copy.Write((short)observed.Verification, NpgsqlDbType.Smallint);
            copy.Write(isHead, NpgsqlDbType.Boolean);
            copy.Write(observed.Seq, NpgsqlDbType.Bigint);
            copy.Write(observed.RecordedAt, NpgsqlDbType.TimestampTz);
            Write(copy, observed.ReceivedAt == observed.RecordedAt ? null : observed.ReceivedAt);
            Write(copy, observed.Note);
        }

        copy.Complete();
    }

    public void Messages(IEnumerable<MessageRow> messages)
    {
        using var copy = connection.BeginBinaryImport("copy ioc.message (agency, message_id, content_hash, receipt, received_at) from stdin (format binary)");
        foreach (var (agency, messageId, receipt) in messages)
        {
            copy.StartRow();
            copy.Write(agency, NpgsqlDbType.Text);
            copy.Write(messageId, NpgsqlDbType.Text);
            // Nobody can send it again: its content was never a message.
            copy.Write(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)), NpgsqlDbType.Bytea);
            copy.Write(JsonSerializer.SerializeToUtf8Bytes(receipt, ReceiptJson.Default.Receipt), NpgsqlDbType.Jsonb);
            copy.Write(receipt.ReceivedAt, NpgsqlDbType.TimestampTz);
        }

        copy.Complete();
    }

    public void Heads(IReadOnlyDictionary<int, SeriesHead> heads)
    {
        using var copy = connection.BeginBinaryImport(
            "copy ioc.current_value (series_id, time_key, rhythm, revision, value, status, verification, seq, recorded_at, received_at, note, recent_keys, recent_values) from stdin (format binary)");
        foreach (var (series, head) in heads)
        {
            copy.StartRow();
            copy.Write(series, NpgsqlDbType.Integer);
            copy.Write(head.TimeKey, NpgsqlDbType.TimestampTz);
            copy.Write((byte)head.Rhythm, NpgsqlDbType.InternalChar);
            copy.Write(head.Revision, NpgsqlDbType.Integer);
            Write(copy, head.Value);
            copy.Write((short)head.Status, NpgsqlDbType.Smallint);
            copy.Write((short)head.Verification, NpgsqlDbType.Smallint);
            copy.Write(head.Seq, NpgsqlDbType.Bigint);
            copy.Write(head.RecordedAt, NpgsqlDbType.TimestampTz);
            copy.Write(head.ReceivedAt, NpgsqlDbType.TimestampTz);
            Write(copy, head.Note);
            copy.Write(head.Recent.Select(p => p.Key).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
            copy.Write(head.Recent.Select(p => p.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Numeric);
        }

        copy.Complete();
    }

    public void Reports(IEnumerable<(Report Report, int Figures, DateTimeOffset At)> reports)
    {
        using var copy = connection.BeginBinaryImport("""
            copy ioc.report (id, form, agency, period, time_key, opens_at, due_at, lock_at, state, punctuality, overdue_since, submitted_at,
                revision, submitted_revision, settled_at, opened_at, submitted_by, returns, locked_from, source_at, figures, updated_at) from stdin (format binary)
            """);
        foreach (var (report, figures, at) in reports)
        {
            copy.StartRow();
            copy.Write(report.Id, NpgsqlDbType.Text);
            copy.Write(report.Form, NpgsqlDbType.Text);
            copy.Write(report.Agency, NpgsqlDbType.Text);
            copy.Write(report.Period.ToString(), NpgsqlDbType.Text);
            copy.Write(report.StartsAt, NpgsqlDbType.TimestampTz);
            copy.Write(report.OpensAt, NpgsqlDbType.TimestampTz);
            copy.Write(report.DueAt, NpgsqlDbType.TimestampTz);
            Write(copy, report.LockAt);
            copy.Write((short)report.State, NpgsqlDbType.Smallint);
            copy.Write((short)report.Punctuality, NpgsqlDbType.Smallint);
            Write(copy, report.OverdueSince);
            Write(copy, report.SubmittedAt);
            copy.Write(report.Revision, NpgsqlDbType.Integer);
            copy.Write(report.SubmittedRevision, NpgsqlDbType.Integer);
            Write(copy, report.SettledAt);
            copy.Write(report.OpenedAt, NpgsqlDbType.TimestampTz);
            Write(copy, report.SubmittedBy);
            copy.Write(report.Returns, NpgsqlDbType.Integer);
            if (report.LockedFrom is { } before) copy.Write((short)before, NpgsqlDbType.Smallint);
            else copy.WriteNull();
            Write(copy, report.SourceAt);
            copy.Write(figures, NpgsqlDbType.Integer);
            copy.Write(at, NpgsqlDbType.TimestampTz);
        }

        copy.Complete();
    }

    private static void Write(NpgsqlBinaryImporter copy, decimal? value)
    {
        if (value is { } known) copy.Write(known, NpgsqlDbType.Numeric);
        else copy.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter copy, DateTimeOffset? value)
    {
        if (value is { } known) copy.Write(known, NpgsqlDbType.TimestampTz);
        else copy.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter copy, string? value)
    {
        if (value is not null) copy.Write(value, NpgsqlDbType.Text);
        else copy.WriteNull();
    }
}
