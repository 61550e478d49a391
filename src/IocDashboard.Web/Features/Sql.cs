using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Features;

/// <summary>Positional parameters with their types said, so that null and empty arrays keep theirs and statements stay prepared.</summary>
public static class Sql
{
    public static NpgsqlParameter Of(string? value) => Typed(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int>(null!, NpgsqlDbType.Integer) { TypedValue = value };

    public static NpgsqlParameter Maybe(int? value) => Typed(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long>(null!, NpgsqlDbType.Bigint) { TypedValue = value };

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool>(null!, NpgsqlDbType.Boolean) { TypedValue = value };

    public static NpgsqlParameter Of(short value) => new NpgsqlParameter<short>(null!, NpgsqlDbType.Smallint) { TypedValue = value };

    public static NpgsqlParameter Of(DateTimeOffset? value) => Typed(value?.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Of(int[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(short?[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(short[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(long[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(bool[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.Boolean);

    public static NpgsqlParameter Of(decimal?[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.Numeric);

    public static NpgsqlParameter Of(string?[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlParameter Of(DateTimeOffset[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Of(DateTimeOffset?[] value) => Typed(value, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Of(byte[] value) => Typed(value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Json(string? value) => Typed(value, NpgsqlDbType.Jsonb);

    public static DateTimeOffset? Instant(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static decimal? Number(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    private static NpgsqlParameter Typed(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
