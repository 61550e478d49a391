using System.Globalization;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Commands;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary><c>./ioc focal-point add | list</c>. Whoever runs commands on the server may do it for every agency.</summary>
internal static class FocalPointCommands
{
    public static readonly Command Add = new(
        "focal-point add",
        "--agency CODE --name NAME --position TEXT --phone NUMBER --email ADDRESS [--kind principal|deputy] [--from YYYY-MM-DD] [--last-day YYYY-MM-DD] [--replaces ID]",
        "Record an agency's focal point", AddAsync);

    public static readonly Command List = new("focal-point list", "[--agency CODE]", "List focal points in force or to come, and who has none", ListAsync);

    private static async Task<int> AddAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments, "agency", "kind", "name", "position", "phone", "email", "from", "last-day", "replaces") is not { } options) return ExitCodes.Usage;
        if (options.Required("agency") is not { } agency) return ExitCodes.Usage;
        if (!Enum.TryParse<FocalPointKind>(options["kind"] ?? nameof(FocalPointKind.Principal), ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return CommandOptions.Wrong("--kind is principal or deputy");
        if (!TryDay(options["from"], out var from)) return CommandOptions.Wrong("--from is a day, such as 2027-01-01");
        if (!TryDay(options["last-day"], out var last) || last == DateOnly.MaxValue) return CommandOptions.Wrong("--last-day is a day, such as 2027-01-01");
        Guid? replaces = null;
        if (options["replaces"] is { } text)
        {
            if (!Guid.TryParse(text, out var id)) return CommandOptions.Wrong("--replaces takes the id that focal-point list shows");
            replaces = id;
        }

        await using var app = await OpenAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        from ??= app.Services.GetRequiredService<ProvinceTime>().DayOf(now);
        var decision = await app.Services.GetRequiredService<RecordFocalPointHandler>().Handle(
            new(Guid.CreateVersion7(now), agency, kind, options["name"], options["position"], options["phone"], options["email"], from, last?.AddDays(1), replaces, AuditActor.Itself.Name, now),
            AgencyScope.All, AuditActor.Itself, CancellationToken.None);
        if (!decision.Accepted) return CommandOptions.Wrong(string.Join(Environment.NewLine, decision.Errors.Select(Told)));
        await Console.Out.WriteLineAsync(LineOf(decision.Recorded!, "recorded"));
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments, "agency") is not { } options) return ExitCodes.Usage;
        await using var app = await OpenAsync();
        if (options["agency"] is { } only && !app.Services.GetRequiredService<CatalogueCache>().Current.Agencies.ContainsKey(only))
            return CommandOptions.Wrong($"There is no agency {only}.");
        var find = app.Services.GetRequiredService<FindFocalPoints>();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var day = app.Services.GetRequiredService<ProvinceTime>().DayOf(now);
        var scope = options["agency"] is { } agency ? AgencyScope.Of(agency) : AgencyScope.All;
        foreach (var missing in await find.MissingAt(now, scope, CancellationToken.None)) await Console.Out.WriteLineAsync($"{missing,-9}  MISSING");
        foreach (var named in await find.Handle(scope, CancellationToken.None))
            if (!named.Validity.IsEmpty && (named.Validity.Until is null || named.Validity.Until > day))
                await Console.Out.WriteLineAsync(LineOf(named, named.IsValidOn(day) ? "in force" : "to come"));
        return ExitCodes.Ok;
    }

    private static async Task<WebApplication> OpenAsync()
    {
        var app = await Command.OpenApplicationAsync();
        await app.Services.GetRequiredService<CatalogueLoader>().LoadAsync(CancellationToken.None);
        return app;
    }

    private static string LineOf(FocalPoint f, string state) => string.Create(CultureInfo.InvariantCulture,
        $"{f.Agency,-9}  {f.Kind.ToString().ToLowerInvariant(),-9}  {state,-8}  {Day(f.Validity.From)} to {(f.Validity.Until is { } until ? Day(until.AddDays(-1)) : "no end set"),-10}  {f.Id}  {f.Contact.Name}, {f.Contact.Position}, {f.Contact.Phone}, {f.Contact.Email}");

    private static string Told(FieldError error)
    {
        var option = error.Field switch { "" => "--replaces", FocalPointFields.Until => "--last-day", var field => "--" + field };
        return error.Arguments.Any(a => a.Length > 0) ? $"{option}: {error.Code} ({string.Join(", ", error.Arguments)})" : $"{option}: {error.Code}";
    }

    private static bool TryDay(string? text, out DateOnly? day)
    {
        day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
        return text is null || day is not null;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
