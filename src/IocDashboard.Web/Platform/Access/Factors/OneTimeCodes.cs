using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// Checks an account's codes for ASP.NET Core Identity. A code is taken once on all nodes: whoever looked over a shoulder
/// comes too late. Identity's own provider keeps no last step and reads the machine's clock.
/// </summary>
public sealed class OneTimeCodes(NpgsqlDataSource database, TimeProvider clock) : IUserTwoFactorTokenProvider<UserAccount>
{
    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<UserAccount> manager, UserAccount user) => await manager.GetAuthenticatorKeyAsync(user) is not null;

    /// <summary>The person's app makes them.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<UserAccount> manager, UserAccount user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<UserAccount> manager, UserAccount user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { } key && await TakeAsync(user, key, token);

    /// <param name="key">The account's, or the one that it is about to get.</param>
    /// <returns>False when the code is wrong, or it or a later one was taken before.</returns>
    public async Task<bool> TakeAsync(UserAccount user, string key, string code)
    {
        if (Totp.StepOf(key, code, clock.GetUtcNow()) is not { } step) return false;
        await using var take = database.CreateCommand("""update identity.account set "LastCodeStep" = $2 where "Id" = $1 and "LastCodeStep" < $2""");
        take.Parameters.AddRange((NpgsqlParameter[])[new() { Value = user.Id }, new() { Value = step }]);
        return await take.ExecuteNonQueryAsync() == 1;
    }
}
