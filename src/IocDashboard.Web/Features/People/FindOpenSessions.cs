using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sessions;
using Npgsql;

namespace IocDashboard.Web.Features.People;

/// <summary>A session that opens something now. Instants are UTC.</summary>
/// <param name="Roles">Those in force, in alphabetical order.</param>
/// <param name="Agent">What the browser says about itself.</param>
public sealed record OpenSession(
    Guid Id, string Account, string UserName, string FullName, string Agency, IReadOnlyList<string> Roles, string Method, bool IsStrong,
    DateTimeOffset StartedAt, DateTimeOffset LastActiveAt, string? Address, string? Agent);

/// <summary>Who is signed in, the last active first; sessions that idleness or the end of a shift has locked are none.</summary>
public sealed class FindOpenSessions(NpgsqlDataSource database, TimeProvider clock)
{
    public const int Most = 500;

    private static readonly string Statement = $"""
        select s.id, s.account, a."UserName", a."FullName", a."Agency", held.roles, s.method, s.is_strong, s.started_at, s.last_active_at, s.address, s.agent
        from identity.session s join identity.account a on a."Id" = s.account
        cross join lateral (select array(
            select distinct r.role from identity.role_assignment r
            where r.account = s.account and r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1) order by 1) as roles) held
        where s.ended_at is null and a."ClosedAt" is null and s.started_at > $2 and s.last_active_at > case when $3 = any(held.roles) then $4 else $5 end
            and ($6 or a."Agency" = $7)
            and {FoldedSql.AllWordsOccur("$8::text", FoldedSql.Of("""a."UserName" || ' ' || a."FullName" || ' ' || a."Agency" || ' ' || coalesce(s.address, '')"""))}
        order by s.last_active_at desc limit $9
        """;

    /// <param name="search">Words that all occur in the name, the user name, the agency or the address; null: everybody.</param>
    /// <param name="scope">The agencies whose people the reader may see.</param>
    public async Task<IReadOnlyList<OpenSession>> Handle(string? search, AgencyScope scope, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(Statement);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            Sql.Of(now), Sql.Of(now - SessionState.Shift), Sql.Of(Roles.Administrator), Sql.Of(now - SessionState.AdministratorsIdle), Sql.Of(now - SessionState.Idle),
            new() { Value = scope.IsAll }, Sql.Of(scope.Agency), Sql.Of(search), Sql.Of(Most),
        ]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var sessions = new List<OpenSession>();
        while (await reader.ReadAsync(cancellation))
            sessions.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<string[]>(5), reader.GetString(6),
                reader.GetBoolean(7), reader.GetFieldValue<DateTimeOffset>(8), reader.GetFieldValue<DateTimeOffset>(9), reader.Text(10), reader.Text(11)));
        return sessions;
    }
}
