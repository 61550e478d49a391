using System.Text;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Features.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Obligations;

/// <summary>A question about obligations. Periods begin at or after <see cref="From"/> and before <see cref="Before"/>.</summary>
/// <param name="AsOf">How they stood at this instant; null: now.</param>
/// <param name="Sight">Of whoever asks: another agency's draft is not there for them.</param>
public sealed record ObligationQuestion(
    Sight Sight, ObligationState? State, string? Agency, string? Form, DateTimeOffset? From, DateTimeOffset? Before, DateTimeOffset? AsOf,
    int Limit, (DateTimeOffset DueAt, string Id)? After);

/// <summary>One obligation as it stood: its report and the most pressing state that applied.</summary>
public sealed record ObligationRow(Report Report, ObligationState State);

/// <summary>In the order of their due instants, by index. A report that changed after the instant asked for is folded back from its own few events.</summary>
public sealed class FindObligations(NpgsqlDataSource database, FindReportHistory histories, TimeProvider clock)
{
    // A report is due within its period or some days after it; the longest period is a year, the longest rule 400 days.
    private static readonly TimeSpan LatestDueAfterStart = TimeSpan.FromDays(800);

    /// <returns>At most the limit, and whether there is more.</returns>
    public async Task<(List<ObligationRow> Rows, bool More)> Handle(ObligationQuestion question, CancellationToken cancellation)
    {
        var at = question.AsOf ?? clock.GetUtcNow();
        var found = new List<ObligationRow>();
        var after = question.After;
        while (true)
        {
            // The database narrows, the domain decides: what it rules out is made up for by reading on.
            var chunk = await Read(question, at, after, cancellation);
            foreach (var held in await AsOf(chunk, question.AsOf, cancellation))
            {
                var report = held.Seen(question.Sight).KnownAt(at);
                var state = Obligation.StateAt(report, at);
                if (question.State is { } wanted && wanted != state) continue;
                if (found.Count == question.Limit) return (found, true);
                found.Add(new(report, state));
            }

            if (chunk.Count <= question.Limit) return (found, false);
            after = (chunk[^1].Report.DueAt, chunk[^1].Report.Id);
        }
    }

    private async Task<List<(Report Report, DateTimeOffset UpdatedAt)>> Read(
        ObligationQuestion question, DateTimeOffset at, (DateTimeOffset DueAt, string Id)? after, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand();
        var where = new StringBuilder();
        string Place(NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            return "$" + command.Parameters.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (question.Agency is { } agency) where.Append(" and agency = ").Append(Place(Sql.Of(agency)));
        if (question.State == ObligationState.Draft) where.Append(" and agency = ").Append(Place(Sql.Of(question.Sight.Agency)));
        if (question.Form is { } form) where.Append(" and form = ").Append(Place(Sql.Of(form)));

        // No report is due before its period begins, so the bounds of periods also bound the index of due instants.
        if (question.From is { } from)
        {
            var bound = Place(Sql.Of(from));
            where.Append($" and time_key >= {bound} and due_at >= {bound}");
        }

        if (question.Before is { } before) where.Append($" and time_key < {Place(Sql.Of(before))} and due_at < {Place(Sql.Of(before + LatestDueAfterStart))}");
        if (after is { } place) where.Append($" and (due_at, id) > ({Place(Sql.Of(place.DueAt))}, {Place(Sql.Of(place.Id))})");
        if (question.AsOf is null && question.State is { } state) where.Append(Narrowing(state, () => Place(Sql.Of(at))));

        command.CommandText = $"select {ReportRows.Columns}, updated_at from report where true{where} order by due_at, id limit {Place(Sql.Of(question.Limit + 1))}";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(Report, DateTimeOffset)>();
        while (await ReportRows.ReadAsync(reader, cancellation) is { } report) rows.Add((report, reader.GetFieldValue<DateTimeOffset>(reader.GetOrdinal("updated_at"))));
        return rows;
    }

    /// <summary>Holds for every report in that state, and for as few others as an index can tell.</summary>
    private static string Narrowing(ObligationState state, Func<string> now) => state switch
    {
        ObligationState.Overdue when now() is var at =>
            $" and (submitted_at is null and excused_at is null and state <> 5 and (overdue_since is not null or (overdue_since is null and due_at <= {at})) or (update_due_at <= {at} and state <> 5))",
        ObligationState.DueSoon when now() is var at => $" and (submitted_at is null and due_at > {at} or (update_due_at > {at} and state <> 5))",
        ObligationState.Upcoming or ObligationState.Open or ObligationState.Draft => $" and submitted_at is null and due_at > {now()}",
        ObligationState.Submitted => " and submitted_at is not null and state <> 5 and state <> 4 and state <> 3",
        ObligationState.Returned => " and state = 3",
        ObligationState.Verified => " and state = 4",
        ObligationState.Locked => $" and (state = 5 or lock_at <= {now()})",
        ObligationState.Excused => " and excused_at is not null and submitted_at is null",
        _ => " and false",
    };

    private async Task<IReadOnlyList<Report>> AsOf(
        List<(Report Report, DateTimeOffset UpdatedAt)> chunk, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        if (asOf is not { } instant) return [.. chunk.Select(c => c.Report)];
        var changed = chunk.Where(c => c.UpdatedAt > instant).Select(c => c.Report.Id).ToList();
        var before = await histories.FoldAsOf(changed, instant, cancellation);
        return [.. chunk.Select(c => c.UpdatedAt <= instant ? c.Report : before.GetValueOrDefault(c.Report.Id)).OfType<Report>()];
    }
}
