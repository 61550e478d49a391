using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.Sessions;
using Npgsql;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>How many people, keys and screens there are, and how many of them want looking after.</summary>
internal sealed class CountFacts(NpgsqlDataSource database, TimeProvider clock) : ISecurityFacts
{
    public async Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand("""
            with person as (
                select a.*, exists (
                    select from identity.role_assignment r
                    where r.account = a."Id" and r.role = $2 and r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1)) as administers
                from identity.account a where a."ClosedAt" is null),
            machine as (select expires_at from machine_key where revoked_at is null and (expires_at is null or expires_at > $1))
            select count(*), count(*) filter (where administers), count(*) filter (where not "TwoFactorEnabled"), count(*) filter (where administers and not "TwoFactorEnabled"),
                count(*) filter (where "LockoutEnd" > $1), count(*) filter (where greatest("OpenedAt", coalesce("LastSignInAt", "OpenedAt")) <= $3),
                count(*) filter (where "MustChangePassword"), (select count(*) from identity.account where "ClosedAt" is not null),
                (select count(*) from identity.session s join person p on p."Id" = s.account
                    where s.ended_at is null and s.started_at > $4 and s.last_active_at > case when p.administers then $5 else $6 end),
                (select count(*) from machine), (select count(*) from machine where expires_at <= $7), (select count(*) from machine where expires_at is null),
                (select count(*) from display where revoked_at is null)
            from person
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            Sql.Of(now), Sql.Of(Roles.Administrator), Sql.Of(now - FindPeople.UnusedAfter), Sql.Of(now - SessionState.Shift), Sql.Of(now - SessionState.AdministratorsIdle),
            Sql.Of(now - SessionState.Idle), Sql.Of(now + KeyTerm.EndsSoon),
        ]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return
        [
            Count("People", 0), Count("Administrators", 1) with { IsWeak = reader.GetInt64(1) < 2 }, Count("WithoutSecondFactor", 2), Watched("AdministratorsWithoutSecondFactor", 3),
            Count("Locked", 4), Watched("Unused", 5), Count("InitialPasswords", 6), Count("Closed", 7), Count("OpenSessions", 8),
            Count("Keys", 9), Watched("KeysEndSoon", 10), Watched("KeysWithoutEnd", 11), Count("Displays", 12),
        ];

        SecurityFact Count(string name, int column) => new(SecurityGroups.Counts, name, reader.GetInt64(column));

        SecurityFact Watched(string name, int column) => Count(name, column) with { IsWeak = reader.GetInt64(column) > 0 };
    }
}
