using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Jobs;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>Letters to focal points, taken by a real mail server: once each, later when it is away, never when it refuses for good.</summary>
public sealed class LettersTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly int _port = TestPaths.FreePort();
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await StartAsync();
        await _host.OpenAsync();
        await _host.SweepAsync();
        await _host.Services.GetRequiredService<PlanSteps>().Handle(default);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Letters_AreSentOnce_InBothLanguages_AndWaitForTheOffice()
    {
        await NameAsync("SYT", "lan@syt.example");
        await NameAsync("SNNPTNT", "nobody@snn.example");
        await NameAsync("STTTT", "later@stttt.example");
        await using var server = await MailServer.StartAsync(_port);
        // Before the office opens, by half an hour.
        await GoToAsync(26, 6, 30);
        await ExecuteAsync("update report_step set at = $1 where step = 'remind' and done_at is null and at > $1 and at < $1 + interval '1 day'", At(26, 6, 30));
        await TakeAsync();
        (await SendAsync()).ShouldBe(0, "quiet until seven");

        await GoToAsync(26, 7, 0);
        await using var second = await StartAsync(_host.ConnectionString);
        await Task.WhenAll(SendAsync(), second.Services.GetRequiredService<SendLetters>().Handle(default), SendAsync());

        server.Taken.ShouldAllBe(l => l.To.Single() == "lan@syt.example");
        server.Taken.Select(l => l.Id).ShouldBeUnique();
        var taken = server.Taken.Count;
        var text = server.Taken.Select(l => MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(l.Text))))
            .Where(l => (l.Subject + l.TextBody).Contains("Nhắc việc", StringComparison.Ordinal)).ShouldHaveSingleItem();
        text.TextBody.ShouldNotBeNull().ShouldContain("Biểu SYT-D, kỳ 2026-11-25, hạn 26/11/2026 08:00");
        text.TextBody.ShouldNotBeNull().ShouldContain("Form SYT-D, period 2026-11-25, due 26/11/2026 08:00");
        text.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        (await StateAsync("nobody@snn.example")).ShouldBe((false, true, 1), "refused for good: not tried again");
        (await StateAsync("later@stttt.example")).ShouldBe((false, false, 1), "refused for now");

        await GoToAsync(26, 7, 2);
        await SendAsync();
        (await StateAsync("later@stttt.example")).ShouldBe((false, false, 2));
        (await StateAsync("nobody@snn.example")).ShouldBe((false, true, 1));
        server.Taken.Count.ShouldBe(taken);
    }

    [Fact]
    public async Task Server_ThatIsAway_DelaysLettersAndLosesNone()
    {
        await NameAsync("SYT", "lan@syt.example");
        await GoToAsync(26, 9, 0);
        await TakeAsync();
        (await SendAsync()).ShouldBe(0);
        (await StateAsync("lan@syt.example")).ShouldBe((false, false, 1));

        await using var server = await MailServer.StartAsync(_port);
        (await SendAsync()).ShouldBe(0, "it waits a minute");
        await GoToAsync(26, 9, 2);
        (await SendAsync()).ShouldBe(1);
        server.Taken.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Letter_WhoseSenderDied_IsSentWhenItsClaimEnds_UnderTheSameId()
    {
        await NameAsync("SYT", "lan@syt.example");
        await GoToAsync(26, 9, 0);
        await TakeAsync();
        await ExecuteAsync("update notice set claimed_until = $1, attempts = 1 where channel = 1", At(26, 9, 5));
        await using var server = await MailServer.StartAsync(_port);

        (await SendAsync()).ShouldBe(0, "another node may be at it");
        await GoToAsync(26, 9, 6);
        (await SendAsync()).ShouldBe(1);
        server.Taken.ShouldHaveSingleItem().Id.ShouldStartWith("notice-");
    }

    private Task<IocHost> StartAsync(string? connectionString = null) => JobCalls.StartAtRestAsync(_clock, connectionString, settings: new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Ioc:Mail:Host"] = "127.0.0.1", ["Ioc:Mail:Port"] = _port.ToString(CultureInfo.InvariantCulture), ["Ioc:Mail:From"] = "Trung tâm IOC <ioc@ioc.example>", ["Ioc:Mail:Security"] = "None",
    });

    private DateTimeOffset At(int day, int hour, int minute) => _host.Services.GetRequiredService<ProvinceTime>().At(new(2026, 11, day), new(hour, minute));

    private Task GoToAsync(int day, int hour, int minute)
    {
        _clock.SetUtcNow(At(day, hour, minute));
        return Task.CompletedTask;
    }

    private Task<int> TakeAsync() => _host.Services.GetRequiredService<TakeSteps>().Handle(TimeSpan.Zero, default);

    private Task<int> SendAsync() => _host.Services.GetRequiredService<SendLetters>().Handle(default);

    private Task NameAsync(string agency, string email) => ExecuteAsync($"""
        insert into focal_point (id, agency, kind, name, position, phone, email, valid_from, recorded_by, recorded_at)
        values (gen_random_uuid(), '{agency}', 0, 'Lan', 'Chuyên viên', '0235 3852 000', '{email}', '2026-01-01', 'test', $1)
        """, _clock.GetUtcNow());

    private async Task<(bool Sent, bool Failed, int Attempts)> StateAsync(string address)
    {
        await using var command = _host.Database.CreateCommand("select sent_at is not null, failed_at is not null, attempts from notice where address = $1 order by id limit 1");
        command.Parameters.Add(new() { Value = address });
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue(address);
        return (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetInt32(2));
    }

    private async Task ExecuteAsync(string sql, DateTimeOffset instant)
    {
        await using var command = _host.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = instant });
        await command.ExecuteNonQueryAsync();
    }
}
