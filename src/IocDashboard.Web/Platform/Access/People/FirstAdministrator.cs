using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Database;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>
/// A centre that nobody can sign in to gets one administrator, whose password is printed once and must be changed at the first
/// sign-in. Not in demonstration mode, which has accounts of its own, and not where nobody would see the print.
/// </summary>
internal sealed class FirstAdministrator(
    IServiceScopeFactory scopes, NpgsqlDataSource database, Installation installation, CatalogueCache catalogue, IocSettings settings, IHostApplicationLifetime lifetime,
    TimeProvider clock) : BackgroundService
{
    public const string UserName = "admin";

    /// <summary>The operating unit (article 2 of the regulation).</summary>
    private const string Agency = "IOC";

    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_41444D49;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Demo == true || !settings.LogToConsole) return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                await SeeToItAsync(stoppingToken);
                return;
            }
            catch (Exception failure) when (DatabaseAway.Is(failure) && !stoppingToken.IsCancellationRequested)
            {
                // The database may go away in this very moment: the centre goes on, and so does this.
                await Task.Delay(BetweenTries, clock, stoppingToken);
            }
        }
    }

    private async Task SeeToItAsync(CancellationToken cancellation)
    {
        if (await installation.IsIllustrativeAsync(cancellation)) return;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var held = await connection.BeginTransactionAsync(cancellation);
        await using (var take = new NpgsqlCommand($"select pg_advisory_xact_lock({LockNumber})", connection, held)) await take.ExecuteNonQueryAsync(cancellation);
        await using (var look = new NpgsqlCommand("select exists (select from identity.account)", connection, held))
            if (await look.ExecuteScalarAsync(cancellation) is true) return;

        await using var scope = scopes.CreateAsyncScope();
        var password = UserCommands.NewPassword();
        var agency = catalogue.Current.Agencies.ContainsKey(Agency) ? Agency : catalogue.Current.Agencies.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? Agency;
        var refused = await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(UserName, password, Roles.Administrator, agency, isInitial: true);
        await Console.Out.WriteLineAsync(refused.Count > 0
            ? $"No first administrator could be made: {string.Join("; ", refused)}"
            : $"First administrator: {UserName}, password {password} — shown this once; it has to be changed at the first sign-in.");
    }
}
