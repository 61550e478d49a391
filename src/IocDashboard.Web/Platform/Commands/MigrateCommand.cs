using IocDashboard.Web.Platform.Database;
using Quartz;

namespace IocDashboard.Web.Platform.Commands;

/// <summary>Brings the database to this build's schema: our tables, the events' and the scheduler's.</summary>
internal static class MigrateCommand
{
    public static readonly Command Definition = new("migrate", "", "Bring the database to this build's schema", RunAsync);

    private static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length > 0) return await Usage("migrate takes no arguments");
        await using var app = await Command.OpenApplicationAsync(("Ioc:Migrate", "true"));
        // The scheduler makes its tables when it is made; it is never started here.
        await app.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await Console.Out.WriteLineAsync($"The database is at schema version {DatabaseMigrator.CurrentVersion}.");
        return ExitCodes.Ok;
    }

    private static async Task<int> Usage(string problem)
    {
        await Console.Error.WriteLineAsync(problem);
        return ExitCodes.Usage;
    }
}
