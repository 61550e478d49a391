using System.Security.Cryptography;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Commands;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary><c>./ioc user add</c> and <c>./ioc user reset-second-factor</c>.</summary>
internal static class UserCommands
{
    private const int GeneratedLength = 20;

    public static readonly Command Add = new(
        "user add", "--user NAME --role ROLE --agency CODE [--name NAME] [--password-from FILE|-]", "Make an account, or give an existing one a new password, role and agency", AddAsync);

    public static readonly Command ResetSecondFactor = new(
        "user reset-second-factor", "--user NAME", "Take app, passkeys and recovery codes away from somebody who lost them", ResetSecondFactorAsync);

    /// <summary>Letters and digits that nobody mistakes for one another when reading them out.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789", GeneratedLength);

    private static async Task<int> AddAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments, "user", "role", "agency", "name", "password-from") is not { } options) return ExitCodes.Usage;
        if (options.Required("user") is not { } user || options.Required("role") is not { } role || options.Required("agency") is not { } agency) return ExitCodes.Usage;
        if (!Roles.All.Contains(role)) return CommandOptions.Wrong($"--role is one of: {string.Join(", ", Roles.All)}");
        if (options["name"] is { Length: > UserAccount.FullNameLength }) return CommandOptions.Wrong($"--name has at most {UserAccount.FullNameLength} characters");
        // Never as an argument: those are seen by every process of the machine and kept in the shell's history.
        var given = options["password-from"] switch
        {
            null => null,
            "-" => await Console.In.ReadLineAsync(),
            var file => (await File.ReadAllTextAsync(file)).TrimEnd('\r', '\n'),
        };

        await using var app = await Command.OpenApplicationAsync();
        if (!await KeyCommands.IsKnownAsync(app, agency)) return CommandOptions.Wrong($"There is no agency {agency}.");
        var password = given ?? NewPassword();
        await using var scope = app.Services.CreateAsyncScope();
        var refusals = await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(user, password, role, agency, isInitial: true, options["name"] ?? "");
        if (refusals.Count > 0) return CommandOptions.Wrong(string.Join(Environment.NewLine, refusals));
        await Console.Error.WriteLineAsync($"{user} is {role} of {agency}; the password has to be changed at the first sign-in.");
        if (given is null) await Console.Out.WriteLineAsync(password);
        return ExitCodes.Ok;
    }

    private static async Task<int> ResetSecondFactorAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments, "user") is not { } options || options.Required("user") is not { } user) return ExitCodes.Usage;
        await using var app = await Command.OpenApplicationAsync();
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(user) is not { } account) return CommandOptions.Wrong($"There is no account {user}.");
        await scope.ServiceProvider.GetRequiredService<Accounts>().ResetSecondFactorAsync(account, AuditActor.Itself);
        await Console.Error.WriteLineAsync($"{account.UserName} signs in with the password alone, from inside, and has to change it then.");
        return ExitCodes.Ok;
    }
}
