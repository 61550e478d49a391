using System.Globalization;
using System.Text;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>A question about figures. Every bound may be absent.</summary>
/// <param name="Series">By indicator and area, in ordinal order; only what the asker may read.</param>
/// <param name="From">Periods and measurements that begin at or after it.</param>
/// <param name="Before">Periods and measurements that begin before it.</param>
/// <param name="AsOf">What the centre knew at this instant; null: what it knows now.</param>
/// <param name="History">Every revision, each as it last stood, and not only the one that holds.</param>
/// <param name="UpdatedAfter">Only what was recorded after it; the answer is then in the order of recording, so that a copy can be kept up to date.</param>
public sealed record ObservationQuestion(
    IReadOnlyList<Series> Series, DateTimeOffset? From, DateTimeOffset? Before, DateTimeOffset? AsOf, bool History,
    DateTimeOffset? UpdatedAfter, int Limit, ObservationPlace? After);

/// <summary>One row of <c>observation</c>. <see cref="Rhythm"/> is the letter of its period's rhythm, <c>I</c> for a measurement.</summary>
/// <param name="ReceivedAt">When this revision was recorded.</param>
/// <param name="RecordedAt">When this row was: later, where it only verifies or returns the revision.</param>
public sealed record ObservationRow(
    Series Series, DateTimeOffset TimeKey, char Rhythm, int Revision, decimal? Value, ObservationStatus Status,
    VerificationState Verification, DateTimeOffset ReceivedAt, DateTimeOffset RecordedAt, long Seq, string? Note)
{
    public ObservationPlace Place => new(Series.Indicator, Series.Area, TimeKey, Revision, Seq, RecordedAt);
}

/// <summary>Where an answer stopped: the next one begins after it, whatever was recorded in between.</summary>
public sealed record ObservationPlace(string Indicator, string Area, DateTimeOffset TimeKey, int Revision, long Seq, DateTimeOffset RecordedAt)
{
    /// <summary>Below 0 when the series comes before this place, 0 when the place lies in it.</summary>
    public int Compare(Series series)
    {
        var byIndicator = string.CompareOrdinal(series.Indicator, Indicator);
        return byIndicator != 0 ? byIndicator : string.CompareOrdinal(series.Area, Area);
    }
}

/// <summary>A statement over <c>observation o</c> in the making: only the conditions that are asked for, so that each can be planned by what it says.</summary>
internal sealed class ObservationStatement
{
    public const string Columns = "o.series_id, o.time_key, o.rhythm, o.revision, o.value, o.status, o.verification, coalesce(o.received_at, o.recorded_at) as received_at, o.recorded_at, o.seq, o.note";

    // A rule's cut opens a report up to a month before its civil period. So nothing that begins later than this after an instant was
    // known at that instant, and nothing was recorded longer than this before it begins: both keep partitions out.
    private static readonly TimeSpan KnownAhead = TimeSpan.FromDays(62);

    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly StringBuilder _conditions = new();

    public ObservationStatement(ObservationQuestion question)
    {
        var before = question.Before;
        if (question.AsOf is { } asOf)
        {
            Where($"o.recorded_at <= {Add(Sql.Of(asOf))}");
            before = before is { } b && b < asOf + KnownAhead ? b : asOf + KnownAhead;
        }

        if (question.From is { } from) Where($"o.time_key >= {Add(Sql.Of(from))} and o.recorded_at >= {Add(Sql.Of(from - KnownAhead))}");
        if (before is { } end) Where($"o.time_key < {Add(Sql.Of(end))}");
    }

    public string Conditions => _conditions.ToString();

    public void Where(string condition) => _conditions.Append(" and ").Append(condition);

    /// <returns>The parameter's name in the statement.</returns>
    public string Add(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return "$" + _parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<List<ObservationRow>> ReadAsync(
        NpgsqlDataSource database, string sql, Func<int, Series> seriesOf, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(_parameters.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<ObservationRow>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new(
                seriesOf(reader.GetInt32(0)), reader.GetFieldValue<DateTimeOffset>(1), reader.GetChar(2), reader.GetInt32(3), reader.Number(4),
                (ObservationStatus)reader.GetInt16(5), (VerificationState)reader.GetInt16(6), reader.GetFieldValue<DateTimeOffset>(7),
                reader.GetFieldValue<DateTimeOffset>(8), reader.GetInt64(9), reader.Text(10)));
        }

        return rows;
    }
}
