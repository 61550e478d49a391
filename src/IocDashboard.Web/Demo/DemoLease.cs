using Npgsql;

namespace IocDashboard.Web.Demo;

/// <summary>
/// One node demonstrates for all that share the database: the lock lives as long as the connection that took it.
/// </summary>
internal sealed class DemoLease(NpgsqlDataSource database) : IAsyncDisposable
{
    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_44454D4F;
    private NpgsqlConnection? _connection;

    /// <summary>True while this node holds it. Asks the database each time: a connection that was lost has lost the lock too.</summary>
    public async Task<bool> HoldAsync(CancellationToken cancellation)
    {
        try
        {
            if (_connection is null)
            {
                _connection = await database.OpenConnectionAsync(cancellation);
                await using var take = new NpgsqlCommand($"select pg_try_advisory_lock({LockNumber})", _connection);
                if (await take.ExecuteScalarAsync(cancellation) is true) return true;
                await DropAsync();
                return false;
            }

            await using var ask = new NpgsqlCommand("select 1", _connection);
            await ask.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            await DropAsync();
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private async Task DropAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null) await connection.DisposeAsync();
    }
}
