using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue.Import;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>
/// Loads the catalogue before anything that needs it starts. An empty database takes the reference files that come with the
/// program, so that a first start has something to show and to collect.
/// </summary>
internal sealed class CatalogueStartup(
    CatalogueLoader loader, ImportCatalogueHandler import, FirstAssignment first, ProvinceTime time, TimeProvider clock,
    ILogger<CatalogueStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var catalogue = await loader.LoadAsync(cancellationToken);
        if (catalogue.IndicatorList.IsEmpty)
        {
            var outcome = await import.Handle(ShippedReference(first.From(time.DayOf(clock.GetUtcNow()))), cancellationToken);
            if (outcome.Findings is [var finding, ..]) throw new InvalidDataException($"The reference files of this build are not sound: {finding}");
            logger.LogInformation("Imported the reference files: {Added} items, {Series} series", outcome.Added.Length, outcome.NewSeries);
            return;
        }

        logger.LogInformation("Loaded {Indicators} indicators, {Forms} forms, {Feeds} feeds, {Series} series",
            catalogue.IndicatorList.Length, catalogue.FormList.Length, catalogue.FeedList.Length, catalogue.SeriesById.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static ImportCatalogue ShippedReference(DateOnly? assignedFrom) => new(
        ReferenceSet.ShippedDirectory, ImportCatalogue.RegulationsStructure, assignedFrom,
        Authority: "UBND", ImportTexts.ShippedDocument, By: "ioc import");
}
