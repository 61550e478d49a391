using IocDashboard.Web.Features.Catalogue;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// A centre that nobody can sign in to gets one administrator, whose password is printed once and must be changed at the first
/// sign-in. Not in demonstration mode, which has accounts of its own, and not where nobody would see the print.
/// </summary>
internal sealed class FirstAdministrator(
    IServiceScopeFactory scopes, NpgsqlDataSource database, CatalogueCache catalogue, IocSettings settings, IHostApplicationLifetime lifetime) : BackgroundService
{
    public const string UserName = "admin";

    /// <summary>The operating unit (article 2 of the regulation).</summary>
    private const string Agency = "IOC";

    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_41444D49;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Demo == true || !settings.LogToConsole) return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);

        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        await using var held = await connection.BeginTransactionAsync(stoppingToken);
        await using var take = new NpgsqlCommand($"""
            select pg_advisory_xact_lock({LockNumber});
            select not exists (select from installation where key = 'illustrative' and value = 'true')
            """, connection, held);
        await using (var reader = await take.ExecuteReaderAsync(stoppingToken))
        {
            await reader.NextResultAsync(stoppingToken);
            if (!await reader.ReadAsync(stoppingToken) || !reader.GetBoolean(0)) return;
        }

        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<UserManager<UserAccount>>().Users.AnyAsync(stoppingToken)) return;
        var password = UserCommands.NewPassword();
        var agency = catalogue.Current.Agencies.ContainsKey(Agency) ? Agency : catalogue.Current.Agencies.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? Agency;
        var refused = await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(UserName, password, Roles.Administrator, agency, isInitial: true);
        await Console.Out.WriteLineAsync(refused.Count > 0
            ? $"No first administrator could be made: {string.Join("; ", refused)}"
            : $"First administrator: {UserName}, password {password} — shown this once; it has to be changed at the first sign-in.");
    }
}
