using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Commands;

namespace IocDashboard.Web.Platform.Access;

/// <summary><c>./ioc key add | list | revoke</c>.</summary>
internal static class KeyCommands
{
    public static readonly Command Add = new(
        "key add", "--agency CODE --scope submit|read|share [--expires YYYY-MM-DD] [--label TEXT]", "Issue a machine key; its token is shown once", AddAsync);

    public static readonly Command List = new("key list", "", "List machine keys, never their tokens", ListAsync);

    public static readonly Command Revoke = new("key revoke", "ID", "Revoke a machine key", RevokeAsync);

    private static async Task<int> AddAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments, "agency", "scope", "expires", "label") is not { } options) return ExitCodes.Usage;
        if (options.Required("agency") is not { } agency || options.Required("scope") is not { } scope) return ExitCodes.Usage;
        var scopes = scope.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0 || scopes.Except(KeyScopes.All).Any()) return CommandOptions.Wrong($"--scope is one or more of: {string.Join(", ", KeyScopes.All)}");
        var day = default(DateOnly);
        if (options["expires"] is { } text && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return CommandOptions.Wrong("--expires is a day, such as 2027-01-01");

        await using var app = await Command.OpenApplicationAsync();
        if (!await IsKnownAsync(app, agency)) return CommandOptions.Wrong($"There is no agency {agency}.");
        // A key expires with the first moment of the day, as the province counts days.
        DateTimeOffset? expires = options["expires"] is null ? null : app.Services.GetRequiredService<ProvinceTime>().StartOf(day);
        var (key, token) = await app.Services.GetRequiredService<MachineKeys>().AddAsync(agency, scopes, expires, options["label"] ?? $"{agency} {scope}");
        await Console.Error.WriteLineAsync($"Key {key.Id} for {agency}. This is its token; it is kept nowhere and cannot be shown again:");
        await Console.Out.WriteLineAsync(token);
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments) is null) return ExitCodes.Usage;
        await using var app = await Command.OpenApplicationAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var time = app.Services.GetRequiredService<ProvinceTime>();
        foreach (var key in await app.Services.GetRequiredService<MachineKeys>().ListAsync())
        {
            var state = key.RevokedAt is not null ? "revoked" : key.IsExpiredAt(now) ? "expired" : "valid";
            await Console.Out.WriteLineAsync(
                $"{key.Id}  {state,-7}  {key.Agency,-9}  {string.Join(',', key.Scopes),-11}  expires {(key.ExpiresAt is { } end ? Day(time.DayOf(end)) : "never"),-10}  last used {(key.LastUsedAt is { } used ? Day(time.DayOf(used)) : "never"),-10}  {key.Label}");
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> RevokeAsync(string[] arguments)
    {
        if (arguments is not [var text] || !Guid.TryParse(text, out var id)) return CommandOptions.Wrong("key revoke takes the id that key list shows");
        await using var app = await Command.OpenApplicationAsync();
        if (!await app.Services.GetRequiredService<MachineKeys>().RevokeAsync(id)) return CommandOptions.Wrong($"There is no valid key {id}.");
        await Console.Out.WriteLineAsync($"Key {id} is revoked; a running centre refuses it within {MachineKeyCache.TrustFor.TotalSeconds:0} seconds.");
        return ExitCodes.Ok;
    }

    internal static async Task<bool> IsKnownAsync(WebApplication app, string agency) =>
        (await app.Services.GetRequiredService<CatalogueLoader>().LoadAsync(CancellationToken.None)).Agencies.ContainsKey(agency);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
