using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Domain;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Platform;

public sealed class HistoryTests
{
    [Fact]
    public async Task Append_InsideATransaction_KnowsItsSequenceBeforeTheCommit()
    {
        await using var host = await IocHost.StartAsync(new IocHostOptions { Started = false });
        await using var connection = await host.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var session = host.Services.GetRequiredService<IDocumentStore>().LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));
        var stream = session.Events.Append("SYT-W/SYT/2026-W47", new ReportLocked(DateTimeOffset.UnixEpoch));

        await session.SaveChangesAsync();

        stream.Events[0].Sequence.ShouldBeGreaterThan(0);
        (await CountAsync(host.Database)).ShouldBe(0);
        await transaction.CommitAsync();
        (await CountAsync(host.Database)).ShouldBe(1);
    }

    [Fact]
    public async Task Event_Stored_HasTheShapeOfTheDomainsOwnJson()
    {
        await using var host = await IocHost.StartAsync(new IocHostOptions { Started = false });
        var cell = new CellValue("YT01", "TKY", 12.50m, ObservationStatus.Provisional, "Chờ đối chiếu");
        var submitted = new ReportSubmitted(Guid.Empty, "m1", 1, Complete: true, [cell], Punctuality.OnTime, "SYT", "api", DateTimeOffset.UnixEpoch);
        await using var session = host.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Events.Append("SYT-W/SYT/2026-W47", submitted);
        await session.SaveChangesAsync();

        await using var command = host.Database.CreateCommand("select data from history.mt_events");
        var stored = JsonNode.Parse((string)(await command.ExecuteScalarAsync())!);

        JsonNode.DeepEquals(stored, JsonSerializer.SerializeToNode(submitted, EventJson.Options)).ShouldBeTrue(stored!.ToJsonString());
        (await session.Events.FetchStreamAsync("SYT-W/SYT/2026-W47"))[0].Data.ShouldBeOfType<ReportSubmitted>().Values[0].ShouldBe(cell);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select count(*) from history.mt_events");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
