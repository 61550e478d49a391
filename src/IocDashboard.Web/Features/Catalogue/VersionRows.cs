using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>Table <c>indicator_version</c>, written; it is read with the catalogue.</summary>
internal static class VersionRows
{
    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<(IndicatorVersion Version, DateOnly? Replaces)> versions, CancellationToken cancellation)
    {
        if (versions.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (version, replaces) in versions)
        {
            if (replaces is { } day) batch.BatchCommands.Add(Delete(version.Code, day));
            batch.BatchCommands.Add(Insert(version));
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public static NpgsqlBatchCommand Insert(IndicatorVersion version) => new("""
        insert into indicator_version (indicator, from_day, kind, body, areas, is_break, decision, proposal, applied_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
    {
        Parameters =
        {
            Sql.Of(version.Code), Day(version.From), Sql.Of(version.Kind.ToString()), Sql.Json(JsonSerializer.Serialize(version.Indicator, EventJson.Options)),
            Sql.Of([.. version.Areas]), Sql.Of(version.IsBreak), JsonOrNull(version.Decision),
            new() { Value = (object?)version.Proposal ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, Sql.Of(version.AppliedAt),
        },
    };

    /// <summary>Those of a day are in force from now on.</summary>
    public static NpgsqlBatchCommand Apply(DateOnly day, DateTimeOffset at) =>
        new("update indicator_version set applied_at = $2 where from_day = $1 and applied_at is null") { Parameters = { Day(day), Sql.Of(at) } };

    private static NpgsqlBatchCommand Delete(string code, DateOnly day) =>
        new("delete from indicator_version where indicator = $1 and from_day = $2") { Parameters = { Sql.Of(code), Day(day) } };

    private static NpgsqlParameter Day(DateOnly day) => new() { Value = day, NpgsqlDbType = NpgsqlDbType.Date };

    private static NpgsqlParameter JsonOrNull(object? value) =>
        new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, EventJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };
}
