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
}

/// <summary>The centre cannot start. The message says why and what to do about it; no stack trace is shown.</summary>
public sealed class StartFailureException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
