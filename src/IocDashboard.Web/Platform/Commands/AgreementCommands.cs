using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Platform.Commands;

/// <summary><c>./ioc agreement add | list | end</c>. Running centres notice by themselves.</summary>
internal static class AgreementCommands
{
    public static readonly Command Add = new(
        "agreement add", "--indicator CODE --reader CODE --document TEXT [--from YYYY-MM-DD] [--through YYYY-MM-DD]",
        "Let an agency read an indicator of class specific, by a signed agreement", AddAsync);

    public static readonly Command List = new("agreement list", "", "List sharing agreements, also those that hold no more", ListAsync);

    public static readonly Command End = new("agreement end", "ID", "End a sharing agreement now", EndAsync);

    private static async Task<int> AddAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments, "indicator", "reader", "document", "from", "through") is not { } options) return ExitCodes.Usage;
        if (options.Required("indicator") is not { } indicator || options.Required("reader") is not { } reader || options.Required("document") is not { } document)
            return ExitCodes.Usage;
        if (!TryDay(options["from"], out var from)) return CommandOptions.Wrong("--from is a day, such as 2027-01-01");
        if (!TryDay(options["through"], out var through)) return CommandOptions.Wrong("--through is a day, such as 2027-12-31: the last on which it holds");

        await using var app = await Command.OpenApplicationAsync();
        var time = app.Services.GetRequiredService<ProvinceTime>();
        var (outcome, agreement) = await app.Services.GetRequiredService<RecordAgreementHandler>().Handle(
            new(
                indicator, reader, from is { } first ? time.StartOf(first) : app.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
                through is { } last ? time.StartOf(last.AddDays(1)) : null, document, AuditActor.Itself),
            CancellationToken.None);
        if (agreement is null) return CommandOptions.Wrong(Reason(outcome, indicator, reader));
        await Console.Out.WriteLineAsync($"Agreement {agreement.Id}: {reader} reads {indicator}.");
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(string[] arguments)
    {
        if (CommandOptions.Read(arguments) is null) return ExitCodes.Usage;
        await using var app = await Command.OpenApplicationAsync();
        var (now, time) = (app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), app.Services.GetRequiredService<ProvinceTime>());
        foreach (var a in (await app.Services.GetRequiredService<CatalogueLoader>().LoadAsync(CancellationToken.None)).Agreements)
        {
            await Console.Out.WriteLineAsync(
                $"{a.Id}  {StateOf(a, now),-7}  {a.Indicator,-6}  {a.Reader,-9}  from {Text(a.ValidFrom, time)}  until {(a.Until is { } until ? Text(until, time) : "ended"),-16}  {a.Document}");
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> EndAsync(string[] arguments)
    {
        if (arguments is not [var text] || !Guid.TryParse(text, out var id)) return CommandOptions.Wrong("agreement end takes the id that agreement list shows");
        await using var app = await Command.OpenApplicationAsync();
        if (await app.Services.GetRequiredService<EndAgreementHandler>().Handle(new(id, AuditActor.Itself), CancellationToken.None) is not { } ended)
            return CommandOptions.Wrong($"There is no agreement {id} that holds.");
        await Console.Out.WriteLineAsync($"{ended.Reader} no longer reads {ended.Indicator}; a running centre closes it within seconds.");
        return ExitCodes.Ok;
    }

    private static string StateOf(SharingAgreement agreement, DateTimeOffset now) =>
        agreement.HoldsAt(now) ? "holds" : now < agreement.ValidFrom && agreement.EndedAt is null ? "future" : "over";

    private static string Reason(AgreementOutcome outcome, string indicator, string reader) => outcome switch
    {
        AgreementOutcome.UnknownIndicator => $"There is no indicator {indicator}.",
        AgreementOutcome.NotSpecific => $"{indicator} is shared by default: every agency reads it without an agreement.",
        AgreementOutcome.UnknownAgency => $"There is no agency {reader}.",
        AgreementOutcome.OwnIndicator => $"{reader} answers for {indicator} and reads it anyway.",
        AgreementOutcome.NoTime => "It would hold at no time that is still to come.",
        AgreementOutcome.NoDocument => "--document names the signed agreement: its number and date.",
        _ => $"{reader} has an agreement on {indicator} for some of this time.",
    };

    private static bool TryDay(string? text, out DateOnly? day)
    {
        day = null;
        if (text is null) return true;
        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        day = found;
        return read;
    }

    private static string Text(DateTimeOffset instant, ProvinceTime time) => time.Local(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
