using System.Collections.Immutable;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Platform.Commands;

/// <summary>Every command, one line each.</summary>
internal static class CommandTable
{
    private static readonly ImmutableArray<Command> All =
    [
        MigrateCommand.Definition,
        DoctorCommand.Definition,
        UserCommands.Add,
        UserCommands.ResetSecondFactor,
        KeyCommands.Add,
        KeyCommands.List,
        KeyCommands.Rotate,
        KeyCommands.Revoke,
        ImportCommand.Definition,
        AgreementCommands.Add,
        AgreementCommands.List,
        AgreementCommands.End,
        AuditCommand.Verify,
        FocalPointCommands.Add,
        FocalPointCommands.List,
        new("help", "", "Show this list", _ => HelpAsync(Console.Out, ExitCodes.Ok)),
    ];

    /// <returns>Null when the arguments name no command: then the centre itself is meant.</returns>
    public static Func<Task<int>>? Find(string[] arguments)
    {
        if (arguments.Length == 0 || arguments[0].StartsWith('-')) return null;
        foreach (var words in new[] { 2, 1 })
        {
            var name = string.Join(' ', arguments.Take(words));
            if (arguments.Length >= words && All.FirstOrDefault(c => c.Name == name) is { } command) return () => command.RunAsync(arguments[words..]);
        }
        return async () =>
        {
            await Console.Error.WriteLineAsync(Unknown(arguments));
            return await HelpAsync(Console.Error, ExitCodes.Usage);
        };
    }

    /// <summary>The first word alone may be that of several commands: then those are what was meant.</summary>
    private static string Unknown(string[] arguments)
    {
        var begun = All.Where(c => c.Name.StartsWith(arguments[0] + " ", StringComparison.Ordinal)).Select(c => $"./ioc {c.Name}").ToList();
        if (begun.Count == 0) return $"There is no command \"{arguments[0]}\".";
        var name = arguments.Length > 1 && !arguments[1].StartsWith('-') ? $"{arguments[0]} {arguments[1]}" : null;
        return name is null
            ? $"\"{arguments[0]}\" is half a command; these begin so: {string.Join(", ", begun)}."
            : $"There is no command \"{name}\"; with \"{arguments[0]}\" begin: {string.Join(", ", begun)}.";
    }

    private static async Task<int> HelpAsync(TextWriter output, int exitCode)
    {
        await output.WriteLineAsync("  ./ioc up [--no-demo]       Run the centre");
        await output.WriteLineAsync("  ./ioc test                 Run every test");
        await output.WriteLineAsync("  ./ioc bench [NAME…]        Measure speed and memory");
        foreach (var command in All)
            await output.WriteLineAsync($"  {$"./ioc {command.Name} {command.Arguments}",-26} {command.Summary}");
        await output.WriteLineAsync($"  ROLE is one of:            {string.Join(", ", Roles.All)}");
        await output.WriteLineAsync($"  A key's --scope is of:     {string.Join(", ", KeyScopes.All)}");
        return exitCode;
    }
}
