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
    private static int _next;

    public static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN"), English = CultureInfo.GetCultureInfo("en-GB");

    public Form Form => form;

    public ReportingPeriod Period => period;

    public string Report { get; } = ReportKey.Of(form.Code, form.Agency, period);

    public AgencyScope Scope { get; } = AgencyScope.Of(form.Agency);

    /// <summary>The next of the monthly forms that have a grid of two indicators or more, in a period that is open.</summary>
    public static async Task<Desk> NextAsync(Centre centre, Func<Form, bool>? like = null)
    {
        await centre.Host.OpenAsync();
        var forms = centre.Catalogue.FormList.Where(f => f.Rhythm is Rhythm.Monthly or Rhythm.Weekly && (like ?? HasGrid)(f)).ToList();
        var (back, at) = Math.DivRem(Interlocked.Increment(ref _next) - 1, forms.Count);
        var period = ReportingPeriod.Containing(forms[at].Rhythm, new DateOnly(2026, 11, 22)).Previous;
        for (; back % 6 > 0; back--) period = period.Previous;
        return new(centre, forms[at], period);
    }

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
