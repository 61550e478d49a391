using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.RightsReviews;

/// <summary>A role that was in force. <see cref="To"/> null: without an end.</summary>
public sealed record HeldRole(string Role, DateTimeOffset From, DateTimeOffset? To, string GrantedBy, DateTimeOffset GrantedAt, string Reason)
{
    /// <summary>Whoever held it gave it to themselves: a reviewer looks at that twice.</summary>
    public bool IsGivenBy(string userName) => string.Equals(GrantedBy, userName, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One account and what it could do at an instant.</summary>
/// <param name="Agency">The one it belonged to then.</param>
/// <param name="HasSecondFactor">Now: when it was set up is not kept.</param>
/// <param name="LastSignInAt">The last one before the instant.</param>
public sealed record PersonRights(
    string UserName, string FullName, string Agency, bool IsClosed, bool HasSecondFactor, DateTimeOffset? LastSignInAt, IReadOnlyList<HeldRole> Roles)
{
    /// <summary>The first set that one of the roles belongs to; null for an account without any.</summary>
    public RoleSet? Set => Roles.Count == 0 ? null : Roles.Min(r => RoleSets.SetOf(r.Role));
}

/// <summary>Everything that opens something, as it stood at an instant.</summary>
public sealed record RightsAt(DateTimeOffset Instant, IReadOnlyList<PersonRights> People, IReadOnlyList<MachineKey> Keys, IReadOnlyList<Display> Displays);

/// <summary>
/// Who could do what at an instant: roles are dated and never deleted, closings and changes of agency stand on the audit trail,
/// so that the past is answered as well as the present. One statement for all people.
/// </summary>
public sealed class FindRights(NpgsqlDataSource database, MachineKeys keys, DisplayRegister displays)
{
    private const string People = $"""
        with told as (
            select distinct on (subject) subject, action from audit_entry
            where action in ('{AuditActions.AccountSet}', '{AuditActions.AccountClosed}', '{AuditActions.AccountOpened}') and outcome = 0 and at <= $1
            order by subject, seq desc),
        moved as (
            select distinct on (subject) subject, before->>'agency' as agency from audit_entry
            where action in ('{AuditActions.AccountSet}', '{AuditActions.AccountChanged}') and outcome = 0 and at > $1 and before->>'agency' is not null
            order by subject, seq)
        select a."UserName", a."FullName", coalesce(m.agency, a."Agency"), coalesce(t.action = '{AuditActions.AccountClosed}', false), a."TwoFactorEnabled",
            (select max(s.started_at) from identity.session s where s.account = a."Id" and s.started_at <= $1),
            r.role, r.valid_from, r.valid_to, r.granted_by, r.granted_at, r.reason
        from identity.account a left join told t on t.subject = a."UserName" left join moved m on m.subject = a."UserName"
        left join identity.role_assignment r on r.account = a."Id" and r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1)
        where ($2 or coalesce(m.agency, a."Agency") = $3)
            and (r.id is not null or t.action in ('{AuditActions.AccountSet}', '{AuditActions.AccountOpened}'))
        order by a."NormalizedUserName", r.valid_from, r.role
        """;

    /// <param name="scope">The agencies whose people and keys the reader may see.</param>
    public async Task<RightsAt> Handle(DateTimeOffset instant, AgencyScope scope, CancellationToken cancellation)
    {
        var people = await PeopleAsync(instant, scope, cancellation);
        var held = (await keys.ListAsync(cancellation)).Where(k => scope.Covers(k.Agency) && k.CreatedAt <= instant && !(k.RevokedAt <= instant) && !k.IsExpiredAt(instant));
        var shown = scope.IsAll ? (await displays.ListAsync(cancellation)).Where(d => d.PairedAt <= instant && !(d.RevokedAt <= instant)) : [];
        return new(instant, people, [.. held.OrderBy(k => k.Agency, StringComparer.Ordinal).ThenBy(k => k.CreatedAt)], [.. shown.OrderBy(d => d.PairedAt)]);
    }

    private async Task<IReadOnlyList<PersonRights>> PeopleAsync(DateTimeOffset instant, AgencyScope scope, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(People);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(instant), new() { Value = scope.IsAll }, Sql.Of(scope.Agency)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (people, roles) = (new List<PersonRights>(), new List<HeldRole>());
        while (await reader.ReadAsync(cancellation))
        {
            if (people.Count == 0 || people[^1].UserName != reader.GetString(0))
            {
                roles = [];
                people.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.Instant(5), roles));
            }

            if (reader.Text(6) is { } role)
                roles.Add(new(role, reader.GetFieldValue<DateTimeOffset>(7), reader.Instant(8), reader.GetString(9), reader.GetFieldValue<DateTimeOffset>(10), reader.GetString(11)));
        }

        return people;
    }
}
