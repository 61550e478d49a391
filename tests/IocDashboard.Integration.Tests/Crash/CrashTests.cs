using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace IocDashboard.Integration.Tests.Crash;

/// <summary>What was acknowledged is on disk, whole, whichever process is killed in the middle of a stream of submissions.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task KilledCentre_AfterItsRestart_HasEveryAcknowledgedValueAndNothingHalfWritten()
    {
        await using var centre = await IocProcess.StartAsync();
        await using var stream = await SubmissionStream.StartAsync(centre);
        await stream.UntilAcknowledgedAsync(40);

        await centre.KillAsync();
        var before = stream.Acknowledged.Count;
        await centre.StartAgainAsync();
        await stream.UntilAcknowledgedAsync(before + 20);
        await stream.StopAsync();

        await ShouldHoldAsync(centre, stream);
        stream.Failures.Keys.ShouldBeSubsetOf([0, 503]);
    }

    [Fact]
    public async Task KilledDatabase_ComesBackByItself_WithEveryAcknowledgedValueAndNothingHalfWritten()
    {
        await using var centre = await IocProcess.StartAsync();
        await using var stream = await SubmissionStream.StartAsync(centre);
        await stream.UntilAcknowledgedAsync(40);

        centre.KillPostgres();
        var before = stream.Acknowledged.Count;
        await stream.UntilAcknowledgedAsync(before + 20);
        await stream.StopAsync();

        await centre.WaitUntilReadyAsync(TimeSpan.FromSeconds(20));
        await ShouldHoldAsync(centre, stream);
        stream.Failures.Keys.ShouldBeSubsetOf([503]);
    }

    private static async Task ShouldHoldAsync(IocProcess centre, SubmissionStream stream)
    {
        (await centre.StopAsync()).ShouldBe(0);
        var settings = new IocSettings { DataDirectory = centre.DataDirectory, PostgresPrograms = Environment.GetEnvironmentVariable("Ioc__PostgresPrograms") };
        await using var server = await EmbeddedPostgres.StartAsync(settings, NullLogger.Instance);
        await using var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = server.ConnectionString, Started = false });

        var (submissions, _) = await Ledger.ShouldAgreeAsync(host.Services);
        submissions.ShouldBeGreaterThanOrEqualTo(stream.Acknowledged.Count);
        await using var command = host.Database.CreateCommand("select message_id from message");
        await using var reader = await command.ExecuteReaderAsync();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync()) kept.Add(reader.GetString(0));
        stream.Acknowledged.Where(id => !kept.Contains(id)).ShouldBeEmpty();
    }
}
