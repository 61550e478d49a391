using Npgsql;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>What a walk along the chain found. <see cref="BrokenAt"/>: the first entry that does not follow from the one before it.</summary>
/// <param name="Hash">Of the last sound entry. Kept elsewhere, it also shows a trail that was cut off at its end.</param>
public sealed record AuditVerdict(long Entries, byte[] Hash, long? BrokenAt);

/// <summary>Walks the chain from its beginning. Reads each row once, in order, and keeps none.</summary>
public sealed class VerifyAudit(NpgsqlDataSource database)
{
    public async Task<AuditVerdict> Handle(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {AuditRows.Columns}, previous, hash from audit_entry order by seq");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (count, last) = (0L, AuditChain.Beginning);
        while (await reader.ReadAsync(cancellation))
        {
            var entry = AuditRows.Read(reader);
            var hash = AuditChain.Hash(last, entry);
            var sound = entry.Seq == count + 1 && reader.GetFieldValue<byte[]>(12).AsSpan().SequenceEqual(last)
                && reader.GetFieldValue<byte[]>(13).AsSpan().SequenceEqual(hash);
            // A row that is missing is told by the place where it should have been.
            if (!sound) return new(count, last, entry.Seq > count + 1 ? count + 1 : entry.Seq);
            (count, last) = (entry.Seq, hash);
        }

        return new(count, last, null);
    }
}
