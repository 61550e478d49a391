using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Rules;

/// <summary>Lays the shipped rules into a book that is empty: one transaction, one entry on the audit trail, one change row.</summary>
internal sealed class LayShippedRules(NpgsqlDataSource database, CatalogueLoader loader, CatalogueCache catalogues, CommitSignal committed, AuditTrail audit, TimeProvider clock)
{
    /// <param name="isOn">Which of them are switched on at once; the others are in trial.</param>
    public async Task EnsureAsync(Func<JudgementRule, bool> isOn, CancellationToken cancellation)
    {
        if (catalogues.Current.FormList.IsEmpty || !catalogues.Current.Rules.Rules.IsEmpty) return;
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);
        var catalogue = await CatalogueLoader.ReadAsync(connection, cancellation);
        if (catalogue.Rules.Rules.IsEmpty) await WriteAsync(transaction, catalogue, isOn, now, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await loader.LoadAsync(cancellation);
        committed.Pulse();
    }

    private async Task WriteAsync(NpgsqlTransaction transaction, CatalogueSnapshot catalogue, Func<JudgementRule, bool> isOn, DateTimeOffset now, CancellationToken cancellation)
    {
        var by = AuditActor.Itself;
        var rules = ShippedRules.Of(catalogue).Select(r => new BookedRule(r, isOn(r) ? RuleState.On : RuleState.Trial, now, by.Name, ShippedRules.Reason, by.Name, now)).ToList();
        await using (var batch = new NpgsqlBatch(transaction.Connection, transaction))
        {
            foreach (var rule in rules) batch.BatchCommands.Add(RuleRows.Insert(rule));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await CatalogueRows.WriteChangeAsync(transaction.Connection!, [], now, cancellation);
        await audit.AppendAsync(
            transaction, AuditActions.RuleProposed, "shipped", AuditOutcome.Done, after: new()
            {
                ["on"] = new JsonArray([.. rules.Where(r => r.State == RuleState.On).Select(r => JsonValue.Create(r.Rule.Code))]),
                ["trial"] = new JsonArray([.. rules.Where(r => r.State == RuleState.Trial).Select(r => JsonValue.Create(r.Rule.Code))]),
            }, by: by, cancellation: cancellation);
    }
}

/// <summary>After the catalogue and before anything is judged. A demonstration has laid its rules before.</summary>
internal sealed class RulesStartup(LayShippedRules shipped) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => shipped.EnsureAsync(_ => false, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
