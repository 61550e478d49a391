using Npgsql;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// Whoever changes how an account signs in proved a moment ago that they are its owner: an open session alone, on a machine
/// that was left for a minute, is not enough.
/// </summary>
public sealed class FreshProof(NpgsqlDataSource database, TimeProvider clock)
{
    public static readonly TimeSpan HoldsFor = TimeSpan.FromMinutes(5);

    public async Task GiveAsync(Guid session, CancellationToken cancellation = default)
    {
        await using var update = database.CreateCommand("update identity.session set proved_at = $2 where id = $1");
        update.Parameters.AddRange((NpgsqlParameter[])[new() { Value = session }, new() { Value = clock.GetUtcNow() }]);
        await update.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<bool> HoldsAsync(Guid session, CancellationToken cancellation = default)
    {
        await using var select = database.CreateCommand("select exists (select from identity.session where id = $1 and ended_at is null and proved_at > $2)");
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = session }, new() { Value = clock.GetUtcNow() - HoldsFor }]);
        return await select.ExecuteScalarAsync(cancellation) is true;
    }
}
