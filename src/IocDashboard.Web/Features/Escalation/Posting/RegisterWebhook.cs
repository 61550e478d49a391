using System.Text.Json.Nodes;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation.Posting;

/// <summary>What became of it. The words for people are among the console's texts, <c>Hook.…</c>.</summary>
public enum WebhookRegistration { Registered, UnknownAgency, BadUrl, TooMany }

/// <summary>
/// Registers and ends webhooks. The secret is shown once; it is kept under the data-protection keys, which lie in the database too, because
/// a signature needs the secret itself and every node signs.
/// </summary>
public sealed class RegisterWebhook(NpgsqlDataSource database, CatalogueCache catalogue, WebhookGate gate, IDataProtectionProvider protection, AuditTrail audit, TimeProvider clock)
{
    internal const string Purpose = "IocDashboard.WebhookSecret";

    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_484F4F4B;

    /// <param name="agency">Empty: the province.</param>
    public async Task<(WebhookRegistration Outcome, string? Secret)> Handle(string agency, string? url, AuditActor by, CancellationToken cancellation)
    {
        if (agency.Length > 0 && !catalogue.Current.Agencies.ContainsKey(agency)) return (WebhookRegistration.UnknownAgency, null);
        if (gate.Read(url) is not { } address) return (WebhookRegistration.BadUrl, null);
        var (id, secret, now) = (Guid.CreateVersion7(), WebhookSignature.NewSecret(), Micros.Truncate(clock.GetUtcNow()));
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var held = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { Parameters = { Sql.Of(LockNumber) } }) await held.ExecuteNonQueryAsync(cancellation);
        await using var insert = new NpgsqlCommand($"""
            insert into webhook (id, agency, url, secret, created_by, created_at)
            select $1, $2, $3, $4, $5, $6 where (select count(*) from webhook where ended_at is null) < {Webhooks.Most}
            """, connection)
        {
            Parameters = { new() { Value = id }, Sql.Of(agency), Sql.Of(address.AbsoluteUri), Sql.Of(protection.CreateProtector(Purpose).Protect(secret)), Sql.Of(by.Name), Sql.Of(now) },
        };
        if (await insert.ExecuteNonQueryAsync(cancellation) == 0) return (WebhookRegistration.TooMany, null);
        // Not the path: it may hold what only the receiver should know.
        await audit.AppendAsync(transaction, AuditActions.WebhookRegistered, id.ToString(), AuditOutcome.Done, after: new JsonObject { ["agency"] = agency, ["host"] = address.Authority }, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return (WebhookRegistration.Registered, secret);
    }

    /// <summary>What waits for it is not posted any more.</summary>
    /// <returns>False: it had ended, or there is none.</returns>
    public async Task<bool> End(Guid id, AuditActor by, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var update = new NpgsqlCommand("update webhook set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null", connection) { Parameters = { new() { Value = id }, Sql.Of(now), Sql.Of(by.Name) } };
        if (await update.ExecuteNonQueryAsync(cancellation) == 0) return false;
        await audit.AppendAsync(transaction, AuditActions.WebhookEnded, id.ToString(), AuditOutcome.Done, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
