using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Surfaces.Portal.Calendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>A year of an agency's deadlines, of reports that the database holds.</summary>
public sealed class DueCalendarTests : IAsyncLifetime
{
    private const string Agency = "SYT", Form = "SYT-M";

    private static readonly DateOnly NewYear = new(2027, 1, 1);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        await _host.OpenAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private CatalogueSnapshot Catalogue => _host.Services.GetRequiredService<CatalogueCache>().Current;

    private ProvinceTime Time => _host.Services.GetRequiredService<ProvinceTime>();

    [Fact]
    public async Task Report_SentBackOverTheTurnOfTheYear_StandsWhereItIsToBeMended()
    {
        var mendBy = Time.At(new(2027, 1, 5), new(17, 0));
        var late = (await DueInAsync(2026)).Last(r => r.Form != Form);
        await using (var send = _host.Database.CreateCommand("update report set state = $2, submitted_at = due_at, mend_by = $3 where id = $1"))
        {
            send.Parameters.AddRange((NpgsqlParameter[])[new() { Value = late.Id }, new() { Value = (short)ReportState.Returned }, new() { Value = mendBy }]);
            (await send.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        _clock.SetUtcNow(late.DueAt.AddHours(1));
        (await ItemsAsync(2026, Catalogue)).ShouldNotContain(i => i.Code == late.Form && i.State == ObligationState.Returned);
        var mended = (await ItemsAsync(2027, Catalogue)).Where(i => i.State == ObligationState.Returned).ShouldHaveSingleItem();
        (mended.Code, mended.At, mended.Mark).ShouldBe((late.Form, mendBy, DueMark.Hot));
        (await DueInAsync(2028)).ShouldNotContain(r => r.Id == late.Id);
        // Nobody else's.
        (await _host.Services.GetRequiredService<FindDue>().Handle("STC", Start(2027), Start(2028), default)).ShouldAllBe(r => r.Agency == "STC");
    }

    [Fact]
    public async Task Form_RetiredSince_IsStillInThePastByTheNameThatItHad()
    {
        var before = (await ItemsAsync(2026, Catalogue)).Where(i => i.Code == Form && i.Href is not null).ToList();
        before.ShouldNotBeEmpty();

        var after = (await ItemsAsync(2026, WithoutForm())).Where(i => i.Code == Form && i.Href is not null).ToList();

        after.Select(i => (i.At, i.Title, i.Href)).ShouldBe(before.Select(i => (i.At, i.Title, i.Href)));
        after.ShouldAllBe(i => i.Title != Form);
    }

    /// <summary>As the catalogue is once all that the form asks for was retired.</summary>
    private CatalogueSnapshot WithoutForm()
    {
        var whole = Catalogue;
        var book = whole.Forms[Form].Indicators.Select(c => whole.Book.Of(c.Code)[^1]).Aggregate(whole.Book, (held, version) => held.With(version with
        {
            From = NewYear, Kind = VersionKind.Retired, Indicator = version.Indicator with { RetiredFrom = NewYear }, AppliedAt = _clock.GetUtcNow(),
        }));
        return new(
            whole.KnownIndicators, whole.AgencyList, whole.AreaList, whole.FormList.Where(f => f.Code != Form), whole.FeedList, whole.SeriesById.Values,
            whole.Calendars, book: book);
    }

    private async Task<List<DueItem>> ItemsAsync(int year, CatalogueSnapshot catalogue) =>
    [
        .. new DueCalendar(catalogue, Agency, _clock.GetUtcNow(), Time, CultureInfo.GetCultureInfo("vi"))
            .Of(ReportingPeriod.Containing(Rhythm.Monthly, new(year, 1, 1)), 12, [.. await DueInAsync(year)], []).SelectMany(m => m.Items),
    ];

    private Task<IReadOnlyList<Report>> DueInAsync(int year) =>
        _host.Services.GetRequiredService<FindDue>().Handle(Agency, Start(year), Start(year + 1), default);

    private DateTimeOffset Start(int year) => Time.StartOf(new(year, 1, 1));
}
