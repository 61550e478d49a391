using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Npgsql;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// Rows of a table as binary COPY carries them, read once and written again and again without any encoding: the cheapest
/// client that there can be. Keys are renumbered in place before each write, so that they stay unique.
/// </summary>
internal sealed class RawRows
{
    private const int HeaderLength = 19;
    private const long MicrosecondsPerDay = 86_400_000_000;

    private readonly string _into;
    private readonly byte[] _bytes;
    private readonly List<(int Offset, int Length, KeyKind Kind, long Original)> _keys = [];
    private readonly int _rows;

    private RawRows(string into, byte[] bytes, IReadOnlyList<KeyKind?> columns)
    {
        (_into, _bytes) = (into, bytes);
        var at = HeaderLength;
        while (BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at)) is > 0 and var fields)
        {
            at += 2;
            for (var field = 0; field < fields; field++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
                at += 4;
                if (length < 0) continue;
                if (columns[field] is { } kind) _keys.Add((at, length, kind, kind == KeyKind.Time ? BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at)) : _rows));
                at += length;
            }

            _rows++;
        }
    }

    public int Count => _rows;

    /// <summary>How a column is made different in each write.</summary>
    public enum KeyKind { Int4, Int8, Uuid, Text, Time }

    /// <param name="into">The table that they will be written to; of the same columns.</param>
    /// <param name="keys">Columns to renumber.</param>
    public static async Task<RawRows> ReadAsync(NpgsqlConnection connection, string select, string into, IReadOnlyDictionary<string, KeyKind> keys)
    {
        var columns = new List<KeyKind?>();
        await using (var command = new NpgsqlCommand($"select * from ({select}) r limit 0", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            foreach (var column in await reader.GetColumnSchemaAsync()) columns.Add(keys.TryGetValue(column.ColumnName, out var kind) ? kind : null);
        }

        var bytes = new MemoryStream();
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy ({select}) to stdout (format binary)")) await copy.CopyToAsync(bytes);
        return new(into, bytes.ToArray(), columns);
    }

    /// <param name="number">Another one in each write.</param>
    public async Task WriteAsync(NpgsqlConnection connection, int number)
    {
        Renumber(number);
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {_into} from stdin (format binary)");
        await copy.WriteAsync(_bytes);
    }

    private void Renumber(int number)
    {
        foreach (var (offset, length, kind, original) in _keys)
        {
            var place = _bytes.AsSpan(offset, length);
            var unique = ((long)number * _rows) + original;
            switch (kind)
            {
                case KeyKind.Int4: BinaryPrimitives.WriteInt32BigEndian(place, (int)unique); break;
                case KeyKind.Int8: BinaryPrimitives.WriteInt64BigEndian(place, unique); break;
                case KeyKind.Uuid: BinaryPrimitives.WriteInt64BigEndian(place[8..], unique); break;
                case KeyKind.Text: Encoding.ASCII.GetBytes(unique.ToString("D10", CultureInfo.InvariantCulture), place[^10..]); break;
                case KeyKind.Time: BinaryPrimitives.WriteInt64BigEndian(place, original + (number * MicrosecondsPerDay)); break;
                default: throw new ArgumentOutOfRangeException(nameof(number), kind, null);
            }
        }
    }
}
