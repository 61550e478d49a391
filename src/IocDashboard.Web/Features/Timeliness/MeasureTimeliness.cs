using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Timeliness;

public enum TimelinessGroup { Agency, Field, Form }

/// <summary>
/// How punctually agencies reported: over the obligations whose deadline fell into a window and has passed, whether or not
/// anything was ever received. A report counts once in each field that its form has an indicator of, as far as the reader sees them.
/// </summary>
public sealed class MeasureTimeliness(NpgsqlDataSource database, CatalogueCache catalogue, TimeProvider clock)
{
    public async Task<List<(string Group, Domain.Reporting.Timeliness Measure)>> Handle(
        DateTimeOffset from, DateTimeOffset before, TimelinessGroup groupBy, Sight sight, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var seen = catalogue.Current.SeenBy(sight);
        var settled = await Read(from, before, now, cancellation);
        var groups = settled
            .SelectMany(s => GroupsOf(s.Form, s.Agency, groupBy, seen).Select(group => (Group: group, s.Obligation)))
            .GroupBy(s => s.Group, s => s.Obligation, StringComparer.Ordinal);
        return [.. groups.Select(g => (g.Key, TimelinessMeasure.Of(g, now))).OrderBy(g => g.Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> GroupsOf(string form, string agency, TimelinessGroup groupBy, CatalogueSnapshot seen) => groupBy switch
    {
        TimelinessGroup.Agency => [agency],
        TimelinessGroup.Form => [form],
        _ => seen.Forms.GetValueOrDefault(form)?.Indicators.Select(column => seen.Indicators[column.Code].FieldCode).Distinct(StringComparer.Ordinal) ?? [],
    };

    private async Task<List<(string Form, string Agency, SettledObligation Obligation)>> Read(
        DateTimeOffset from, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select form, agency, due_at, submitted_at, figures from report where due_at >= $1 and due_at < $2 and due_at <= $3
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(from), Sql.Of(before), Sql.Of(now)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(string, string, SettledObligation)>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add((reader.GetString(0), reader.GetString(1), new(
                reader.GetFieldValue<DateTimeOffset>(2), reader.Instant(3), HasFigures: reader.GetInt32(4) > 0)));
        }

        return rows;
    }
}
