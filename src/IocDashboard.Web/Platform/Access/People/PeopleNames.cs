using System.Collections.Frozen;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>
/// How people are called. The history names accounts, officials know one another by name: the names of all accounts are held in memory
/// for every page of this node, so that no cell and no row asks for one. Read at the start, when an account is written here, and once a
/// minute while anybody looks, for what another node wrote.
/// </summary>
public sealed class PeopleNames(NpgsqlDataSource database, TimeProvider clock, ILogger<PeopleNames> log) : IHostedService, IDisposable
{
    /// <summary>How long another node's change of a name may go unnoticed.</summary>
    public static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(1);

    // One after another: a reading that began before a commit must not replace one that began after it.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private FrozenDictionary<string, string> _names = FrozenDictionary<string, string>.Empty;
    private long _readAt;

    /// <summary>The full name of whose account it is; the account itself where nobody wrote a name, and of what is no person, such as a machine's key.</summary>
    public string Of(string account)
    {
        var (now, readAt) = (clock.GetUtcNow().UtcTicks, Interlocked.Read(ref _readAt));
        // Whoever notices reads for everybody; nobody waits for it.
        if (Math.Abs(now - readAt) >= ReadEvery.Ticks && Interlocked.CompareExchange(ref _readAt, now, readAt) == readAt) _ = ReadAsync(CancellationToken.None);
        return _names.GetValueOrDefault(account, account);
    }

    /// <summary>After an account was written: reads anew unless this is how it is known already.</summary>
    public Task LearnAsync(string account, string fullName) =>
        _names.GetValueOrDefault(account, "") == fullName ? Task.CompletedTask : ReadAsync(CancellationToken.None);

    /// <summary>Reads all names anew. Where that fails the names stay as they were: they are told otherwise, never missing.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            await using var command = database.CreateCommand($"""select "UserName", "FullName" from {AccountsContext.Schema}.account where "FullName" <> ''""");
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) names[reader.GetString(0)] = reader.GetString(1);
            _names = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
            Interlocked.Exchange(ref _readAt, clock.GetUtcNow().UtcTicks);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException and not OperationCanceledException)
        {
            log.LogWarning(failure, "The names of people could not be read");
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _gate.Dispose();
}
