using System.Net.Sockets;
using Npgsql;

namespace IocDashboard.Web.Platform.Database;

/// <summary>Tells a database that cannot be reached now from a statement that is wrong.</summary>
public static class DatabaseAway
{
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        // 57P0x: shutting down, crashed or starting; 08xxx: connection lost; 53xxx: out of connections or memory.
        PostgresException postgres => postgres.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException => true,
        SocketException => true,
        AggregateException several => several.InnerExceptions.Any(Is),
        _ => Is(exception.InnerException),
    };
}
