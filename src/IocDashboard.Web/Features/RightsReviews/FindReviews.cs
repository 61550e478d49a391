using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Web.Features.RightsReviews;

/// <summary>A review that was recorded. Instants are UTC.</summary>
/// <param name="AsOf">The rights were looked at as they stood then.</param>
/// <param name="Given">Roles that began since the review before.</param>
/// <param name="Ended">Roles that ended since the review before.</param>
public sealed record RecordedReview(
    Guid Id, DateTimeOffset AsOf, DateTimeOffset ReviewedAt, string ReviewedBy, string? Agency, int People, int Roles, int Given, int Ended, string Remarks);

/// <summary>A role that began or ended between two instants.</summary>
/// <param name="By">Null: it ended on the day that was set when it was given.</param>
public sealed record RightsChange(string UserName, string FullName, string Agency, string Role, bool IsGiven, DateTimeOffset At, string? By, string Reason);

/// <summary>Reviews of rights, when the next is due, and what changed since the last.</summary>
public sealed class FindReviews(NpgsqlDataSource database, ProvinceTime time)
{
    /// <summary>Level 3 (TCVN 11930): rights are reviewed every half year.</summary>
    public const int EveryMonths = 6;

    private const int Most = 20;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RecordedReview>> ListAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select id, as_of, reviewed_at, reviewed_by, agency, people, roles, given, ended, remarks from rights_review order by as_of desc limit $1");
        command.Parameters.Add(Sql.Of(Most));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var reviews = new List<RecordedReview>();
        while (await reader.ReadAsync(cancellation))
            reviews.Add(new(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.Text(4),
                reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetString(9)));
        return reviews;
    }

    /// <summary>First instant of the day on which the next review is due: half a year after the last, or after the first role was given. Null: nobody holds any.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select coalesce((select max(as_of) from rights_review), (select min(granted_at) from identity.role_assignment))");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.Instant(0) is { } last ? time.StartOf(time.DayOf(last).AddMonths(EveryMonths)) : null;
    }

    /// <summary>Those that never came into force are left out.</summary>
    public async Task<IReadOnlyList<RightsChange>> ChangesAsync(DateTimeOffset since, DateTimeOffset until, AgencyScope scope, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select a."UserName", a."FullName", a."Agency", c.role, c.given, c.at, c.by, c.reason
            from ({ChangesBetween("$1", "$2")}) c join identity.account a on a."Id" = c.account
            where $3 or a."Agency" = $4 order by c.at, a."NormalizedUserName", c.role
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(since), Sql.Of(until), new() { Value = scope.IsAll }, Sql.Of(scope.Agency)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var changes = new List<RightsChange>();
        while (await reader.ReadAsync(cancellation))
            changes.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), reader.GetFieldValue<DateTimeOffset>(5),
                reader.Text(6), reader.GetString(7)));
        return changes;
    }

    internal static string ChangesBetween(string since, string until) => $"""
        select account, role, true as given, valid_from as at, granted_by as by, reason from identity.role_assignment
        where valid_from > {since} and valid_from <= {until} and valid_to is distinct from valid_from
        union all
        select account, role, false, valid_to, ended_by, reason from identity.role_assignment
        where valid_to > {since} and valid_to <= {until} and valid_to > valid_from
        """;
}
