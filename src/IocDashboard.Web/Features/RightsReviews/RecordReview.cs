using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.RightsReviews;

/// <summary>How it ended. The words for people are among the console's texts, <c>Review.Outcome.…</c>.</summary>
public enum ReviewOutcome
{
    Recorded,

    /// <summary>Whoever asks holds no role that records reviews.</summary>
    NotAllowed,

    /// <summary>Of an instant that is still to come.</summary>
    InFuture,

    /// <summary>Of an instant that a review before this one covers.</summary>
    Covered,

    RemarksTooLong,
}

/// <summary>Records that somebody looked through everybody's rights as they stood at an instant. The record and its entry on the trail are one transaction.</summary>
public sealed class RecordReview(NpgsqlDataSource database, AuditTrail audit, TimeProvider clock)
{
    public const int RemarksLength = 2_000;

    public async Task<ReviewOutcome> Handle(DateTimeOffset asOf, string? remarks, AuditActor by, CancellationToken cancellation = default)
    {
        var (now, said) = (clock.GetUtcNow(), remarks?.Trim() ?? "");
        if (asOf > now) return ReviewOutcome.InFuture;
        if (said.Length > RemarksLength) return ReviewOutcome.RemarksTooLong;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // One review at a time: the next one counts from the one before.
        await using (var one = new NpgsqlCommand("lock table rights_review in share row exclusive mode", connection, transaction)) await one.ExecuteNonQueryAsync(cancellation);
        if (!await MayAsync(transaction, by, now, cancellation)) return ReviewOutcome.NotAllowed;
        await using var insert = new NpgsqlCommand($"""
            with last as (select coalesce(max(as_of), '-infinity') as at from rights_review),
            change as ({FindReviews.ChangesBetween("(select at from last)", "$2")}),
            held as (
                select r.account from identity.role_assignment r where r.valid_from <= $2 and (r.valid_to is null or r.valid_to > $2))
            insert into rights_review (id, as_of, reviewed_at, reviewed_by, agency, people, roles, given, ended, remarks)
            select $1, $2, $3, $4, $5, (select count(distinct account) from held), (select count(*) from held),
                (select count(*) from change where given), (select count(*) from change where not given), $6
            from last where last.at < $2
            returning people, roles, given, ended
            """, connection, transaction);
        insert.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = Guid.CreateVersion7(now) }, Sql.Of(asOf), Sql.Of(now), Sql.Of(by.Name), Sql.Of(by.Agency), Sql.Of(said),
        ]);
        JsonObject told;
        await using (var reader = await insert.ExecuteReaderAsync(cancellation))
        {
            if (!await reader.ReadAsync(cancellation)) return ReviewOutcome.Covered;
            told = new()
            {
                ["people"] = reader.GetInt32(0), ["roles"] = reader.GetInt32(1), ["given"] = reader.GetInt32(2), ["ended"] = reader.GetInt32(3), ["remarks"] = said,
            };
        }

        await audit.AppendAsync(transaction, AuditActions.RightsReviewed, ReadableInstant(asOf), AuditOutcome.Done, after: told, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return ReviewOutcome.Recorded;
    }

    // The page hides the button; that the supervisor of a shift only reads is decided here.
    private static async Task<bool> MayAsync(NpgsqlTransaction transaction, AuditActor by, DateTimeOffset now, CancellationToken cancellation)
    {
        if (by.Kind == AuditActor.Process) return true;
        if (by.Kind != AuditActor.Person) return false;
        await using var ask = new NpgsqlCommand("""
            select exists (
                select from identity.role_assignment r join identity.account a on a."Id" = r.account
                where a."UserName" = $1 and a."ClosedAt" is null and r.role = any($2) and r.valid_from <= $3 and (r.valid_to is null or r.valid_to > $3))
            """, transaction.Connection, transaction);
        ask.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(by.Name), Sql.Of(Roles.RecordsReviews), Sql.Of(now)]);
        return await ask.ExecuteScalarAsync(cancellation) is true;
    }

    private static string ReadableInstant(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
