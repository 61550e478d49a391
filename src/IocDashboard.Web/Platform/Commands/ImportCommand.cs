using System.Globalization;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Catalogue.Import;
using IocDashboard.Web.Features.Obligations;

namespace IocDashboard.Web.Platform.Commands;

/// <summary>
/// Takes reference files into the catalogue, all or nothing. Running centres notice by themselves. Without <c>--dir</c> the files
/// that come with the program are taken.
/// </summary>
internal static class ImportCommand
{
    public static readonly Command Definition = new(
        "import", "[--dir DIR] [--dry-run] …", "Take agencies, areas, indicators and holidays from CSV files", RunAsync);

    private const string Usage = """
        import [--dir DIR] [--structure-of YYYY-MM-DD] [--assigned-from YYYY-MM-DD] [--authority CODE] [--document TEXT] [--dry-run]
          --dir            folder with agencies.csv, areas.csv, indicators.csv, holidays.csv; default: the files of this build
          --structure-of   agencies valid on that day; default 2021-01-01
          --assigned-from  from when forms are owed; default: new forms from the period that is running, others as they are
          --authority      who decided it (article 9.1c); default UBND
          --document       number and date of the decision that the events will name
          --dry-run        say what would change, and change nothing
        """;

    private static async Task<int> RunAsync(string[] arguments)
    {
        if (Parse(arguments) is not { } command)
        {
            await Console.Error.WriteLineAsync(Usage);
            return ExitCodes.Usage;
        }

        var culture = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "vi" ? CultureInfo.GetCultureInfo("vi-VN") : CultureInfo.GetCultureInfo("en-GB");
        await using var app = await Command.OpenApplicationAsync();
        var outcome = await app.Services.GetRequiredService<ImportCatalogueHandler>().Handle(command, CancellationToken.None);
        foreach (var finding in outcome.Findings) await Console.Error.WriteLineAsync(ImportTexts.Of(finding, culture));
        if (!outcome.Findings.IsEmpty)
        {
            await Console.Error.WriteLineAsync(ImportTexts.Of("Refused", culture, outcome.Findings.Length));
            return ExitCodes.Failed;
        }

        await Report(outcome, command.DryRun, culture);
        if (command.DryRun) return ExitCodes.Ok;
        await app.Services.GetRequiredService<CatalogueLoader>().LoadAsync(CancellationToken.None);
        await app.Services.GetRequiredService<OpenObligations>().Handle(CancellationToken.None);
        return ExitCodes.Ok;
    }

    private static async Task Report(ImportOutcome outcome, bool dryRun, CultureInfo culture)
    {
        foreach (var stream in outcome.Added) await Console.Out.WriteLineAsync(ImportTexts.Of("AddedItem", culture, stream));
        foreach (var stream in outcome.Revised) await Console.Out.WriteLineAsync(ImportTexts.Of("RevisedItem", culture, stream));
        foreach (var stream in outcome.Absent) await Console.Out.WriteLineAsync(ImportTexts.Of("AbsentItem", culture, stream));
        await Console.Out.WriteLineAsync(outcome.Changed
            ? ImportTexts.Of(dryRun ? "WouldChange" : "Changed", culture, outcome.Added.Length, outcome.Revised.Length, outcome.Unchanged, outcome.ReferenceRows, outcome.NewSeries)
            : ImportTexts.Of("Unchanged", culture, outcome.Unchanged));
    }

    /// <returns>Null when the arguments make no sense.</returns>
    internal static ImportCatalogue? Parse(string[] arguments)
    {
        string? directory = null, document = null;
        var authority = "UBND";
        var structureOf = ImportCatalogue.RegulationsStructure;
        DateOnly? assignedFrom = null;
        var dryRun = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--dry-run")
            {
                dryRun = true;
                continue;
            }

            if (i + 1 == arguments.Length) return null;
            var value = arguments[++i];
            switch (arguments[i - 1])
            {
                case "--dir": directory = value; break;
                case "--document": document = value; break;
                case "--authority": authority = value; break;
                case "--structure-of" when Day(value) is { } day: structureOf = day; break;
                case "--assigned-from" when Day(value) is { } day: assignedFrom = day; break;
                default: return null;
            }
        }

        document ??= directory is null ? ImportTexts.ShippedDocument : ImportTexts.UnnamedDocument(directory);
        return new(directory ?? ReferenceSet.ShippedDirectory, structureOf, assignedFrom, authority, document, By: "ioc import", dryRun);
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
