using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Sharing;

/// <summary>End an agreement now: what it opened closes on this node at once, on others with their next look.</summary>
public sealed record EndAgreement(Guid Id, AuditActor By);

public sealed class EndAgreementHandler(NpgsqlDataSource database, CatalogueLoader loader, CommitSignal committed, AuditTrail audit, TimeProvider clock)
{
    /// <returns>What was ended; null when there is no such agreement or it holds no more.</returns>
    public async Task<SharingAgreement?> Handle(EndAgreement command, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var update = new NpgsqlCommand(
            "update sharing_agreement set ended_by = $2, ended_at = $3 where id = $1 and ended_at is null and (valid_to is null or valid_to > $3)", connection, transaction)
        {
            Parameters = { new() { Value = command.Id }, Sql.Of(command.By.Name), Sql.Of(now) },
        })
        {
            if (await update.ExecuteNonQueryAsync(cancellation) == 0) return null;
        }

        var agreement = (await CatalogueLoader.ReadAsync(connection, cancellation)).Agreements.Single(a => a.Id == command.Id);
        await CatalogueRows.WriteChangeAsync(connection, [], now, cancellation);
        await audit.AppendAsync(
            transaction, AuditActions.AgreementEnded, agreement.Id.ToString(), AuditOutcome.Done,
            before: AgreementRows.Told(agreement with { EndedAt = null }), after: AgreementRows.Told(agreement), by: command.By, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await loader.LoadAsync(CancellationToken.None);
        committed.Pulse();
        return agreement;
    }
}
