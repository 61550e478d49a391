using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Browser.Tests.Portal;

/// <summary>The calendar while the database takes its time, or gives no answer: a centre of its own, for its tables are held.</summary>
public sealed class CalendarReadingTests : BrowserTest
{
    private DemoCentre _centre = null!;
    private IPage _page = null!;

    public override async ValueTask InitializeAsync()
    {
        _centre = await DemoCentre.StartAsync();
        _page = await OpenAsync(_centre.Address, "/signin");
        await _page.SignInAsync(_centre, "xem.lich", Roles.AgencyReporter, "SYT");
        await _page.GoToPortalAsync(_centre, "/portal/calendar");
        await Expect(Months).ToHaveCountAsync(12);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        await _centre.DisposeAsync();
    }

    private ILocator Months => _page.Locator(".cal-y tbody tr");

    [Fact]
    public async Task Year_PressedOnFromWhileItIsRead_IsNotShownUnderTheNextOnesHeading()
    {
        var held = await HoldAsync("data_request_agency");
        await PressAsync("2025");
        await WaitsForAsync("data_request_draft");
        var nextHeld = await HoldAsync("report");
        await PressAsync("2024");
        await WaitsForAsync("mend_by >=");

        // The first reading ends, the second still waits.
        await held.DisposeAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        (await Months.CountAsync()).ShouldBe(0);
        await Expect(_page.Locator(".cal-l")).Not.ToContainTextAsync("Không có hạn nộp");

        await nextHeld.DisposeAsync();
        await Expect(Months).ToHaveCountAsync(12);
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Lịch nộp năm 2024");
    }

    [Fact]
    public async Task Year_ThatCannotBeRead_SaysSo_AndIsReadWhenAskedForAgain()
    {
        await RunAsync("alter table report rename to report_away");
        await PressAsync("2025");

        await Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Chưa đọc được hạn nộp của năm 2025");
        await Expect(_page.Locator(".cal-l")).Not.ToContainTextAsync("Không có hạn nộp");

        await RunAsync("alter table report_away rename to report");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Thử lại" }).ClickAsync();
        await Expect(Months).ToHaveCountAsync(12);
        await Expect(_page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    private async Task PressAsync(string year)
    {
        await _page.GetByRole(AriaRole.Link, new() { Name = year, Exact = true }).ClickAsync();
        await Expect(_page.Locator("h1")).ToHaveTextAsync($"Lịch nộp năm {year}");
        await Expect(Months).ToHaveCountAsync(0);
    }

    /// <summary>Nobody reads the table until this is disposed of.</summary>
    private async Task<NpgsqlConnection> HoldAsync(string table)
    {
        var connection = await _centre.Host.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task WaitsForAsync(string statement)
    {
        await using var command = _centre.Host.Database.CreateCommand(
            "select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock' and position($1 in query) > 0");
        command.Parameters.Add(new() { Value = statement });
        for (var tries = 100; (int)(await command.ExecuteScalarAsync())! == 0; tries--)
        {
            tries.ShouldBePositive(statement);
            await Task.Delay(100);
        }
    }

    private async Task RunAsync(string statement)
    {
        await using var command = _centre.Host.Database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
