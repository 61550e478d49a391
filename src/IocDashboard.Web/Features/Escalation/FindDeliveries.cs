using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Escalation;
using IocDashboard.Web.Features.Escalation.Posting;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>A letter, or a notice for a webhook, that has not arrived.</summary>
/// <param name="To">The address; of a webhook its server.</param>
/// <param name="NextAt">When it is sent, or tried again; null: given up.</param>
/// <param name="Error">What the server said last; null: not tried yet.</param>
public sealed record UnsentNotice(
    long Id, NoticeChannel Channel, NoticeKind Kind, string Agency, string Reader, string To, int Attempts, DateTimeOffset MadeAt, DateTimeOffset? NextAt, DateTimeOffset? FailedAt, string? Error);

/// <param name="Waiting">Never tried yet: behind quiet hours, or about to be.</param>
/// <param name="Retrying">Tried, and to be tried again.</param>
/// <param name="Failed">Given up.</param>
public sealed record DeliveryCounts(int Waiting, int Retrying, int Failed);

/// <param name="IsRead">Whether it could be read; what came back stays in it till then.</param>
public sealed record BounceCheck(DateTimeOffset At, bool IsRead);

/// <param name="Unsent">What was given up first, then what is tried again, then what waits; at most <see cref="FindDeliveries.Most"/>.</param>
public sealed record Deliveries(DeliveryCounts Counts, IReadOnlyList<UnsentNotice> Unsent)
{
    public static readonly Deliveries None = new(new(0, 0, 0), []);

    /// <summary>When the mailbox of bounces was last looked into; null: never.</summary>
    public BounceCheck? Bounces { get; init; }
}

/// <summary>Which letters and webhooks have not arrived, and why, read once for all open pages of this node; one more attempt; and that of one given up nobody need be told any more.</summary>
public sealed class FindDeliveries
{
    public const int Most = 200, LongestReason = 400;
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    /// <summary>Nobody has to look after what was dismissed, or after the notices of a webhook that was ended on purpose.</summary>
    private const string Listed = """
        n.channel <> 0 and n.sent_at is null and n.dismissed_at is null
        and not (n.channel = 2 and exists (select from webhook e where e.id::text = n.address and e.ended_at is not null))
        """;

    private readonly NpgsqlDataSource _database;
    private readonly AuditTrail _audit;
    private readonly TimeProvider _clock;
    private readonly SharedReading<Deliveries> _now;
    private int _changes;

    public FindDeliveries(NpgsqlDataSource database, AuditTrail audit, TimeProvider clock)
    {
        (_database, _audit, _clock) = (database, audit, clock);
        _now = new(Handle, clock);
    }

    /// <summary>Seconds old at most; newer than what was tried again here.</summary>
    public Task<Deliveries> NowAsync(CancellationToken cancellation) => _now.GetAsync(Age, cancellation, Volatile.Read(ref _changes));

    public async Task<Deliveries> Handle(CancellationToken cancellation)
    {
        await using var batch = _database.CreateBatch();
        batch.BatchCommands.Add(new($"""
            select count(*) filter (where failed_at is null and attempts = 0)::int, count(*) filter (where failed_at is null and attempts > 0)::int, count(*) filter (where failed_at is not null)::int
            from notice n where {Listed}
            """));
        batch.BatchCommands.Add(new(string.Create(CultureInfo.InvariantCulture, $"""
            select n.id, n.channel, n.kind, n.agency, n.reader, case when n.channel = 2 then coalesce(substring(w.url from '^[a-z]+://([^/?#]+)'), n.address) else n.address end,
                n.attempts, n.made_at, n.send_at, n.failed_at, n.error
            from notice n left join webhook w on n.channel = 2 and w.id::text = n.address
            where {Listed}
            order by n.failed_at is null, n.attempts = 0, coalesce(n.failed_at, n.send_at) desc, n.id desc limit {Most}
            """)));
        batch.BatchCommands.Add(new("select at, error is null from bounce_check"));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var counts = new DeliveryCounts(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2));
        await rows.NextResultAsync(cancellation);
        var found = new List<UnsentNotice>();
        while (await rows.ReadAsync(cancellation))
            found.Add(new(
                rows.GetInt64(0), (NoticeChannel)rows.GetInt16(1), (NoticeKind)rows.GetInt16(2), rows.GetString(3), rows.GetString(4), rows.Text(5) ?? "", rows.GetInt32(6),
                rows.GetFieldValue<DateTimeOffset>(7), rows.IsDBNull(9) ? rows.GetFieldValue<DateTimeOffset>(8) : null, rows.Instant(9), rows.Text(10)));
        await rows.NextResultAsync(cancellation);
        return new(counts, found) { Bounces = await rows.ReadAsync(cancellation) ? new(rows.GetFieldValue<DateTimeOffset>(0), rows.GetBoolean(1)) : null };
    }

    /// <summary>At once, and with its pauses from the beginning.</summary>
    /// <returns>False: it has arrived meanwhile, or somebody is at it.</returns>
    public async Task<bool> TryAgain(long id, AuditActor by, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var update = new NpgsqlCommand("""
            update notice set failed_at = null, attempts = 0, send_at = $2, claimed_until = null
            where id = $1 and channel <> 0 and sent_at is null and dismissed_at is null and (attempts > 0 or failed_at is not null) and (claimed_until is null or claimed_until <= $2)
            """, connection) { Parameters = { Sql.Of(id), Sql.Of(now) } };
        if (await update.ExecuteNonQueryAsync(cancellation) == 0) return false;
        await _audit.AppendAsync(transaction, AuditActions.NoticeRetried, id.ToString(CultureInfo.InvariantCulture), AuditOutcome.Done, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        Interlocked.Increment(ref _changes);
        return true;
    }

    /// <summary>Takes one that was given up off the list: it stays in the table, with who did so and why.</summary>
    /// <returns>False: it is tried again meanwhile, or somebody was quicker.</returns>
    public async Task<bool> Dismiss(long id, string reason, AuditActor by, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason) throw new ArgumentException("A reason is needed.", nameof(reason));
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var update = new NpgsqlCommand("""
            update notice set dismissed_at = $2, dismissed_by = $3, dismiss_reason = $4
            where id = $1 and channel <> 0 and sent_at is null and failed_at is not null and dismissed_at is null
            """, connection) { Parameters = { Sql.Of(id), Sql.Of(Micros.Truncate(_clock.GetUtcNow())), Sql.Of(by.Name), Sql.Of(reason.Trim()) } };
        if (await update.ExecuteNonQueryAsync(cancellation) == 0) return false;
        await _audit.AppendAsync(
            transaction, AuditActions.NoticeDismissed, id.ToString(CultureInfo.InvariantCulture), AuditOutcome.Done, after: new JsonObject { ["reason"] = reason.Trim() }, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        Interlocked.Increment(ref _changes);
        return true;
    }
}
