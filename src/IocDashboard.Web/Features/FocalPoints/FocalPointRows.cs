using IocDashboard.Domain.FocalPoints;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>Table <c>focal_point</c>.</summary>
internal static class FocalPointRows
{
    public const string Columns =
        "id, agency, kind, name, position, phone, email, valid_from, valid_until, recorded_by, recorded_at, ended_by, ended_at, succeeded_by";

    public static FocalPoint Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), (FocalPointKind)row.GetInt16(2), new(row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)),
        new(row.GetFieldValue<DateOnly>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateOnly>(8)), new(row.GetString(9), row.GetFieldValue<DateTimeOffset>(10)),
        row.Text(11) is { } by && row.Instant(12) is { } at ? new(by, at) : null, row.IsDBNull(13) ? null : row.GetGuid(13));

    public static async Task<List<FocalPoint>> ReadAllAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = new List<FocalPoint>();
        while (await reader.ReadAsync(cancellation)) rows.Add(Read(reader));
        return rows;
    }

    public static NpgsqlBatchCommand Insert(FocalPoint f) => new("""
        insert into focal_point (id, agency, kind, name, position, phone, email, valid_from, valid_until, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """)
    {
        Parameters =
        {
            new() { Value = f.Id }, Sql.Of(f.Agency), Sql.Of((short)f.Kind), Sql.Of(f.Contact.Name), Sql.Of(f.Contact.Position), Sql.Of(f.Contact.Phone),
            Sql.Of(f.Contact.Email), Day(f.Validity.From), Day(f.Validity.Until), Sql.Of(f.Recorded.By), Sql.Of(f.Recorded.At),
        },
    };

    public static NpgsqlBatchCommand End(FocalPoint f) => new(
        "update focal_point set valid_until = $2, ended_by = $3, ended_at = $4, succeeded_by = $5 where id = $1")
    {
        Parameters =
        {
            new() { Value = f.Id }, Day(f.Validity.Until), Sql.Of(f.Ended?.By), Sql.Of(f.Ended?.At),
            new() { Value = (object?)f.SucceededBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        },
    };

    private static NpgsqlParameter Day(DateOnly? day) => new() { Value = (object?)day ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date };
}
