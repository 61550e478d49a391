using System.Globalization;
using IocDashboard.Web.Platform.Commands;

namespace IocDashboard.Web.Platform.Audit;

/// <summary><c>./ioc audit verify</c>.</summary>
internal static class AuditCommand
{
    public static readonly Command Verify = new("audit verify", "", "Walk the audit trail's chain; name the first entry that was tampered with", VerifyAsync);

    private static async Task<int> VerifyAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments) is null) return ExitCodes.Usage;
        await using var app = await Command.OpenApplicationAsync();
        var verdict = await app.Services.GetRequiredService<VerifyAudit>().Handle(CancellationToken.None);
        if (verdict.BrokenAt is { } broken)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"The audit trail is broken at entry {broken}: it was changed, put in or taken out. The {verdict.Entries} entries before it are sound."));
            return ExitCodes.AuditBroken;
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{verdict.Entries} entries, each follows from the one before it. Last hash: {Convert.ToHexStringLower(verdict.Hash)}"));
        return ExitCodes.Ok;
    }
}
