using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>One agency's part of a request, as a number counted it.</summary>
/// <param name="Obligation">Measured from the instant at which it was asked, for a request has no period.</param>
/// <param name="Indicators">Codes of the indicators asked for; none where every question is a free one.</param>
public sealed record SettledRequest(string Agency, string Number, SettledObligation Obligation, string[] Indicators);

/// <summary>
/// Data requests as the measures see them: one obligation for each agency asked, due in a window and passed at the instant asked for.
/// A deadline that was missed before it was put off counts as the one that was missed; a request withdrawn before its deadline was
/// never due. Every instant is written once, so an answer as of an instant is given again for ever.
/// </summary>
public sealed class SettledRequests(NpgsqlDataSource database, TimeProvider clock)
{
    /// <param name="asOf">Null: now.</param>
    /// <param name="agency">Only that one's.</param>
    public async Task<IReadOnlyList<SettledRequest>> Handle(
        DateTimeOffset from, DateTimeOffset before, CancellationToken cancellation, DateTimeOffset? asOf = null, string? agency = null)
    {
        // A deadline that was put off lies later than the one that is judged by: nothing of the window is due earlier than it.
        await using var command = database.CreateCommand("""
            select a.agency, a.number, coalesce(a.overdue_since, a.due_at) judged_by, a.settled_at, r.asked_at,
                array(select distinct q ->> 'Indicator' from jsonb_array_elements(r.questions) q where q ->> 'Indicator' is not null)
            from data_request_agency a join data_request r using (number)
            where a.due_at >= $1 and coalesce(a.overdue_since, a.due_at) >= $1 and coalesce(a.overdue_since, a.due_at) < $2
                and coalesce(a.overdue_since, a.due_at) <= $3 and r.asked_at <= $3 and ($4::text is null or a.agency = $4)
                and (a.answered_at is not null or r.withdrawn_at is null or r.withdrawn_at >= coalesce(a.overdue_since, a.due_at))
            order by judged_by, a.number, a.agency
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(from), Sql.Of(before), Sql.Of(asOf ?? clock.GetUtcNow()), Sql.Of(agency)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<SettledRequest>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(new(
                reader.GetString(0), reader.GetString(1), new(reader.GetFieldValue<DateTimeOffset>(2), reader.Instant(3), reader.GetFieldValue<DateTimeOffset>(4)),
                reader.GetFieldValue<string[]>(5)));
        return rows;
    }
}
