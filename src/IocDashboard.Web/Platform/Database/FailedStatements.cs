using System.Data;
using Npgsql;

namespace IocDashboard.Web.Platform.Database;

/// <summary>
/// A statement that fails in the very execution in which the driver prepares it is taken for prepared all the same, and a later one on
/// that connection is answered with "unexpected backend message" (npgsql#6391, of 10.0.3): a failure of one caller becomes another's.
/// Transactions in which failing is part of the work run here: what the driver believes of a connection on which a statement has failed
/// is forgotten before anybody else gets it.
/// </summary>
internal static class FailedStatements
{
    public static async Task<T> RunAsync<T>(this NpgsqlDataSource database, Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            return await work(transaction);
        }
        catch (PostgresException) when (connection.FullState == ConnectionState.Open)
        {
            connection.UnprepareAll();
            throw;
        }
    }
}
