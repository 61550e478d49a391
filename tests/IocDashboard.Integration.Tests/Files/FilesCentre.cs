using System.Collections.Concurrent;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Files;

/// <summary>A centre of their own for the tests of files: each takes a report that no other test touches.</summary>
[CollectionDefinition(Name)]
public sealed class FilesCentre : ICollectionFixture<Centre>
{
    public const string Name = "files";
}

/// <summary>One agency's open report, and what its people do with files of it.</summary>
internal sealed class Desk(Centre centre, Form form, ReportingPeriod period)
{
    private const int MostBack = 6;

    private static readonly ConcurrentDictionary<string, byte> Taken = new(StringComparer.Ordinal);

    public static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN"), English = CultureInfo.GetCultureInfo("en-GB");

    public Form Form => form;

    public ReportingPeriod Period => period;

    public string Report { get; } = ReportKey.Of(form.Code, form.Agency, period);

    public AgencyScope Scope { get; } = AgencyScope.Of(form.Agency);

    /// <summary>The next monthly or weekly form like this, usually any with a grid, in a period that still takes figures.</summary>
    public static async Task<Desk> NextAsync(Centre centre, Func<Form, bool>? like = null)
    {
        await centre.Host.OpenAsync();
        var forms = centre.Catalogue.FormList.Where(f => f.Rhythm is Rhythm.Monthly or Rhythm.Weekly && (like ?? HasGrid)(f)).ToList();
        for (var back = 0; back < MostBack; back++)
        {
            foreach (var form in forms)
            {
                var period = ReportingPeriod.Containing(form.Rhythm, new DateOnly(2026, 11, 22)).Previous;
                for (var i = 0; i < back; i++) period = period.Previous;
                var desk = new Desk(centre, form, period);
                if (Taken.TryAdd(desk.Report, 0) && !ReportDecider.IsLocked((await desk.SeenAsync()).Report, Centre.Now)) return desk;
            }
        }

        throw new InvalidOperationException("Every report that still takes figures is another test's.");
    }

    public bool HasDecimals(CellKey key) => centre.Catalogue.Indicators[key.Indicator].Decimals > 0;

    public static bool HasGrid(Form form) => FormLayout.Of(form).Any(b => b.IsGrid);

    public CellKey[] Keys => [.. FormLayout.Of(form).SelectMany(b => b.Cells)];

    public decimal Plausible(CellKey key, decimal shift = 0)
    {
        var indicator = centre.Catalogue.Indicators[key.Indicator];
        var least = indicator.LeastPlausible(key.Area);
        return decimal.Round((least + indicator.PlausibleMax) / 2, indicator.Decimals) + (shift * (decimal)Math.Pow(10, -indicator.Decimals));
    }

    public async Task<SeenSheet> SeenAsync() => (await Service<FindSheet>().Handle(Report, Scope, CancellationToken.None)).ShouldNotBeNull(Report);

    public async Task<FormTemplate> TemplateAsync(CultureInfo? culture = null, NumberFormat? numbers = null) =>
        new(centre.Catalogue, await SeenAsync(), numbers ?? FormTemplate.NumbersOf(culture ?? Vietnamese), culture ?? Vietnamese);

    public FilledForm Read(byte[] file) => Service<FormFileReader>().Read(file, progress: null, CancellationToken.None);

    public Task<FilePreview> PreviewAsync(FilledForm file) => Service<PreviewFileHandler>().Handle(Report, file, Scope, "tester", CancellationToken.None);

    public Task<FilePreview> PreviewAsync(byte[] file) => PreviewAsync(Read(file));

    public Task<WriteOutcome> CommitAsync(FilePreview preview) => Service<CommitFileHandler>().Handle(preview, Scope, "tester", CancellationToken.None);

    public T Service<T>() where T : notnull => centre.Host.Services.GetRequiredService<T>();
}
