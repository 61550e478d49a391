using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace IocDashboard.Web.Platform;

/// <summary>Exit codes of the application and of its commands; documented in docs/operations.md.</summary>
public static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int PortTaken = 3;
    public const int NoPostgres = 4;
    public const int NewerSchema = 5;
    public const int SchemaNotMigrated = 6;
    public const int BadSettings = 7;
    public const int AuditBroken = 8;
}

/// <summary>The centre cannot start. The message says why and what to do about it; no stack trace is shown.</summary>
public sealed class StartFailureException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Runs it, and turns what keeps a centre from starting into a line for the operator and an exit code.</summary>
    internal static async Task<int> ReportAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            // Asked to stop while it was still starting.
            return ExitCodes.Ok;
        }
        catch (Exception e) when (From(e) is { } failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
    }

    internal static StartFailureException Taken(string what) =>
        new(ExitCodes.PortTaken, $"{what} Stop the other program, or choose another address with ASPNETCORE_URLS, e.g. http://127.0.0.1:5081");

    private static StartFailureException? From(Exception exception) => exception switch
    {
        StartFailureException failure => failure,
        IOException { InnerException: AddressInUseException } => Taken(exception.Message),
        FormatException => new(ExitCodes.BadSettings, $"ASPNETCORE_URLS cannot be used: {exception.Message}", exception),
        NpgsqlException => new(ExitCodes.NoPostgres, $"The database failed during the start: {exception.Message}", exception),
        _ => null,
    };
}
