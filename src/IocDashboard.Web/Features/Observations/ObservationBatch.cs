using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>
/// The rows of <c>observation</c> and <c>current_value</c> that one transaction adds. Takes values in the order in which they
/// became known and folds them into the heads read before, so both tables always tell the same.
/// </summary>
public sealed class ObservationBatch(IReadOnlyDictionary<int, SeriesHead> known)
{
    private readonly List<(int Series, Observed Observed, bool Head)> _rows = [];
    private readonly Dictionary<int, SeriesHead> _heads = [];

    public int Count => _rows.Count;

    /// <summary>Series with a new row; each once.</summary>
    public int[] Series => [.. _heads.Keys];

    public void Add(int series, Observed observed)
    {
        var current = _heads.GetValueOrDefault(series) ?? known.GetValueOrDefault(series);
        var (head, isHead) = SeriesHead.Fold(current, observed);
        _heads[series] = head;
        _rows.Add((series, observed, isHead));
    }

    /// <summary>Adds the statements that write the rows; none when there are no rows.</summary>
    public void WriteTo(NpgsqlBatch batch)
    {
        if (_rows.Count == 0) return;
        batch.BatchCommands.Add(Insert());
        batch.BatchCommands.Add(HeadRows.Put(_heads));
    }

    private NpgsqlBatchCommand Insert()
    {
        var count = _rows.Count;
        var (series, revisions, seqs) = (new int[count], new int[count], new long[count]);
        var (times, recorded) = (new DateTimeOffset[count], new DateTimeOffset[count]);
        var received = new DateTimeOffset?[count];
        var (rhythms, notes) = (new string?[count], new string?[count]);
        var values = new decimal?[count];
        var (statuses, verifications) = (new short[count], new short[count]);
        var heads = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var (id, observed, head) = _rows[i];
            series[i] = id;
            times[i] = observed.TimeKey;
            rhythms[i] = Letter(observed.Rhythm);
            revisions[i] = observed.Revision;
            values[i] = observed.Value;
            statuses[i] = (short)observed.Status;
            verifications[i] = (short)observed.Verification;
            heads[i] = head;
            seqs[i] = observed.Seq;
            recorded[i] = observed.RecordedAt;
            received[i] = observed.ReceivedAt == observed.RecordedAt ? null : observed.ReceivedAt;
            notes[i] = observed.Note;
        }

        return new("""
            insert into observation (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at, received_at, note)
            select series_id, time_key, rhythm::"char", revision, value, status, verification, head, seq, recorded_at, received_at, note
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                as row (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at, received_at, note)
            """)
        {
            Parameters =
            {
                Sql.Of(series), Sql.Of(times), Sql.Of(rhythms), Sql.Of(revisions), Sql.Of(values), Sql.Of(statuses),
                Sql.Of(verifications), Sql.Of(heads), Sql.Of(seqs), Sql.Of(recorded),
                Sql.Of(received), Sql.Of(notes),
            },
        };
    }

    private static string Letter(char rhythm) => rhythm switch
    {
        'I' => "I", 'D' => "D", 'W' => "W", 'M' => "M", 'Q' => "Q", 'S' => "S", 'Y' => "Y",
        _ => rhythm.ToString(),
    };
}
