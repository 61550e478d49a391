using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Sharing;

/// <summary>Record that an agency may read an indicator of class <c>specific</c>. Instants are UTC.</summary>
/// <param name="ValidTo">First instant at which it no longer holds; null: until it is ended.</param>
/// <param name="Document">Number and date of what both sides signed.</param>
public sealed record RecordAgreement(
    string Indicator, string Reader, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo, string Document, AuditActor By);

/// <summary>What became of it. All but <see cref="Recorded"/> are refusals; nothing was kept.</summary>
public enum AgreementOutcome { Recorded, UnknownIndicator, NotSpecific, UnknownAgency, OwnIndicator, NoTime, NoDocument, Overlaps }

/// <summary>One transaction: the agreements, the change row that tells every node, an entry each on the audit trail.</summary>
public sealed class RecordAgreementHandler(NpgsqlDataSource database, CatalogueLoader loader, CommitSignal committed, AuditTrail audit, TimeProvider clock)
{
    public async Task<(AgreementOutcome Outcome, SharingAgreement? Agreement)> Handle(RecordAgreement command, CancellationToken cancellation) =>
        (await HandleAll([command], cancellation))[0];

    /// <returns>One for each command, in their order. A refused one does not keep out the others.</returns>
    public async Task<IReadOnlyList<(AgreementOutcome Outcome, SharingAgreement? Agreement)>> HandleAll(
        IReadOnlyList<RecordAgreement> commands, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);
        var catalogue = await CatalogueLoader.ReadAsync(connection, cancellation);
        var held = catalogue.Agreements.ToList();
        var outcomes = new List<(AgreementOutcome Outcome, SharingAgreement? Agreement)>(commands.Count);
        foreach (var command in commands)
        {
            if (Judge(command, catalogue, held, now) is not AgreementOutcome.Recorded and var refused)
            {
                outcomes.Add((refused, null));
                continue;
            }

            var agreement = new SharingAgreement(
                Guid.CreateVersion7(now), command.Indicator, command.Reader, Micros.Truncate(command.ValidFrom), command.ValidTo is { } end ? Micros.Truncate(end) : null,
                command.Document.Trim(), command.By.Name, now, null, null);
            await using var insert = AgreementRows.Insert(agreement, transaction);
            await insert.ExecuteNonQueryAsync(cancellation);
            held.Add(agreement);
            outcomes.Add((AgreementOutcome.Recorded, agreement));
        }

        if (outcomes.TrueForAll(o => o.Agreement is null)) return outcomes;
        await CatalogueRows.WriteChangeAsync(connection, [], now, cancellation);
        foreach (var ((_, agreement), command) in outcomes.Zip(commands))
        {
            if (agreement is null) continue;
            await audit.AppendAsync(
                transaction, AuditActions.AgreementRecorded, agreement.Id.ToString(), AuditOutcome.Done, after: AgreementRows.Told(agreement), by: command.By, cancellation: cancellation);
        }

        await transaction.CommitAsync(CancellationToken.None);
        await loader.LoadAsync(CancellationToken.None);
        committed.Pulse();
        return outcomes;
    }

    private static AgreementOutcome Judge(RecordAgreement command, CatalogueSnapshot catalogue, IReadOnlyCollection<SharingAgreement> held, DateTimeOffset now)
    {
        if (!catalogue.Indicators.TryGetValue(command.Indicator, out var indicator)) return AgreementOutcome.UnknownIndicator;
        if (indicator.Sharing != SharingClass.Specific) return AgreementOutcome.NotSpecific;
        if (!catalogue.Agencies.ContainsKey(command.Reader)) return AgreementOutcome.UnknownAgency;
        if (indicator.Agency == command.Reader) return AgreementOutcome.OwnIndicator;
        if (command.ValidTo <= command.ValidFrom || command.ValidTo <= now) return AgreementOutcome.NoTime;
        if (string.IsNullOrWhiteSpace(command.Document)) return AgreementOutcome.NoDocument;

        // Two for one time still to come would leave it readable when somebody ends one of them.
        var from = command.ValidFrom > now ? command.ValidFrom : now;
        return held.Any(a => a.Meets(command.Indicator, command.Reader, from, command.ValidTo)) ? AgreementOutcome.Overlaps : AgreementOutcome.Recorded;
    }
}
