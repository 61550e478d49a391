using System.Text.Json.Nodes;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>Table <c>agency_setting</c>. An agency without a row has not set anything: whoever reports for it sends its reports.</summary>
internal static class AgencySettingRows
{
    public static NpgsqlBatchCommand Find(string agency) =>
        new("select head_approves from agency_setting where agency = $1") { Parameters = { Sql.Of(agency) } };

    public static async Task<bool> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) =>
        await reader.ReadAsync(cancellation) && reader.GetBoolean(0);
}

/// <summary>How an agency sends its reports: by whoever fills them in, or by its head alone. Its head says so, on the audit trail.</summary>
public sealed class AgencySettings(NpgsqlDataSource database, CatalogueCache catalogues, AuditTrail audit, TimeProvider clock)
{
    public async Task<bool> HeadApprovesAsync(string agency, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { AgencySettingRows.Find(agency) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await AgencySettingRows.ReadAsync(reader, cancellation);
    }

    /// <param name="scope">Of whoever sets it; nothing is set for another agency.</param>
    /// <returns>False when the agency is none, or not the caller's.</returns>
    public async Task<bool> SetHeadApprovesAsync(string agency, bool headApproves, AgencyScope scope, AuditActor by, CancellationToken cancellation)
    {
        if (!scope.Covers(agency) || !catalogues.Current.Agencies.ContainsKey(agency)) return false;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var command = new NpgsqlCommand("""
            insert into agency_setting (agency, head_approves, set_by, set_at) values ($1, $2, $3, $4)
            on conflict (agency) do update set head_approves = excluded.head_approves, set_by = excluded.set_by, set_at = excluded.set_at
            where agency_setting.head_approves <> excluded.head_approves
            """, connection, transaction))
        {
            command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(agency), Sql.Of(headApproves), Sql.Of(by.Name), Sql.Of(clock.GetUtcNow())]);
            if (await command.ExecuteNonQueryAsync(cancellation) == 0) return true;
        }

        await audit.AppendAsync(
            transaction, AuditActions.ApprovalSet, agency, AuditOutcome.Done, new JsonObject { ["headApproves"] = !headApproves },
            new JsonObject { ["headApproves"] = headApproves }, by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
