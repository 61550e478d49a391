using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Commands;

namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary><c>./ioc key add | list | rotate | revoke</c>.</summary>
internal static class KeyCommands
{
    public static readonly Command Add = new(
        "key add", "--agency CODE --scope submit|read|share [--expires YYYY-MM-DD] [--label TEXT]", "Issue a machine key, to the end of the day given, or for a year; its token is shown once", AddAsync);

    public static readonly Command List = new("key list", "", "List machine keys, never their tokens", ListAsync);

    public static readonly Command Rotate = new("key rotate", "ID [--overlap DAYS]", "Issue a successor; the old key goes on for the overlap, 7 days unless said", RotateAsync);

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
        DateTimeOffset? expires = options["expires"] is null ? null : KeyTerm.EndOf(day, app.Services.GetRequiredService<ProvinceTime>());
        if (expires is { } end && !KeyTerm.Allows(app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), end))
            return CommandOptions.Wrong($"--expires is the last day: today or to come, at most {KeyTerm.LongestYears} years from now");
        var (key, token) = await app.Services.GetRequiredService<MachineKeys>().AddAsync(agency, scopes, expires, options["label"] ?? $"{agency} {scope}");
        await ShowAsync(app, key, token);
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments) is null) return ExitCodes.Usage;
        await using var app = await Command.OpenApplicationAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var time = app.Services.GetRequiredService<ProvinceTime>();
        var keys = await app.Services.GetRequiredService<MachineKeys>().ListAsync();
        var successors = keys.Where(k => k.Replaces is not null).ToLookup(k => k.Replaces!.Value);
        foreach (var key in keys)
        {
            var state = key.RevokedAt is not null ? "revoked" : key.IsExpiredAt(now) ? "expired" : "valid";
            // The newest first: an earlier successor was revoked.
            var successor = successors[key.Id].FirstOrDefault() is { } next ? $"  replaced by {next.Id}" : "";
            await Console.Out.WriteLineAsync(
                $"{key.Id}  {state,-7}  {key.Agency,-9}  {string.Join(',', key.Scopes),-11}  last day {(key.ExpiresAt is { } end ? Day(time.DayOf(end.AddTicks(-1))) : "none"),-10}  last used {(key.LastUsedAt is { } used ? Day(time.DayOf(used)) : "never"),-10}  {key.Label}{successor}");
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> RotateAsync(string[] arguments)
    {
        if (arguments is not [var text, .. var rest] || !Guid.TryParse(text, out var id)) return CommandOptions.Wrong("key rotate takes the id that key list shows");
        if (CommandOptions.Read(rest, "overlap") is not { } options) return ExitCodes.Usage;
        var days = (int)KeyTerm.UsualOverlap.TotalDays;
        if (options["overlap"] is { } overlap && (!int.TryParse(overlap, NumberStyles.None, CultureInfo.InvariantCulture, out days) || days > KeyTerm.LongestOverlapDays))
            return CommandOptions.Wrong($"--overlap is a number of days from 0 to {KeyTerm.LongestOverlapDays}");

        await using var app = await Command.OpenApplicationAsync();
        switch (await app.Services.GetRequiredService<RotateKey>().Handle(id, TimeSpan.FromDays(days)))
        {
            case RotationOutcome.Rotated rotated:
                await ShowAsync(app, rotated.Successor, rotated.Token);
                await Console.Error.WriteLineAsync($"Key {id} goes on until {Moment(app, rotated.Old.ExpiresAt!.Value)}.");
                return ExitCodes.Ok;
            case RotationOutcome.HasSuccessor has:
                return CommandOptions.Wrong($"Key {id} has a successor, {has.Successor}: rotate that one, or revoke it first if its token was lost.");
            default:
                return CommandOptions.Wrong($"There is no valid key {id}.");
        }
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

    // The token alone on standard output: it can be piped into a file without the words around it.
    private static async Task ShowAsync(WebApplication app, MachineKey key, string token)
    {
        await Console.Error.WriteLineAsync($"Key {key.Id} for {key.Agency}, until {Moment(app, key.ExpiresAt!.Value)}. This is its token; it is kept nowhere and cannot be shown again:");
        await Console.Out.WriteLineAsync(token);
    }

    private static string Moment(WebApplication app, DateTimeOffset instant) =>
        app.Services.GetRequiredService<ProvinceTime>().Local(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
