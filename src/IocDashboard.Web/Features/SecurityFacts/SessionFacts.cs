using IocDashboard.Web.Platform.Access.Sessions;
using Npgsql;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>How long a sign-in lasts, and what protects its cookie.</summary>
internal sealed class SessionFacts(NpgsqlDataSource database) : ISecurityFacts
{
    public async Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select count(*), max(created_at) from data_protection_key");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return
        [
            new(SecurityGroups.Sessions, "Idle", SessionState.Idle),
            new(SecurityGroups.Sessions, "IdleAdministrators", SessionState.AdministratorsIdle),
            new(SecurityGroups.Sessions, "Shift", SessionState.Shift),
            new(SecurityGroups.Sessions, "EndsWithin", SessionRegister.TrustFor),
            new(SecurityGroups.Sessions, "SessionKeys", reader.GetInt64(0)),
            new(SecurityGroups.Sessions, "SessionKeyNewest", reader.Instant(1)),
        ];
    }
}
