using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>A centre at rest on Monday 23 November 2026, its reports opened and their steps laid out; the test moves its clock.</summary>
internal sealed class EscalationHost : IAsyncDisposable
{
    public const string Report = "SYT-D/SYT/2026-11-25";

    private EscalationHost(IocHost host, FakeTimeProvider clock) => (Host, Clock) = (host, clock);

    public IocHost Host { get; }
    public FakeTimeProvider Clock { get; }

    public static async Task<EscalationHost> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        var started = new EscalationHost(await JobCalls.StartAtRestAsync(clock, settings: settings), clock);
        await started.Host.OpenAsync();
        await started.Host.SweepAsync();
        await started.Of<PlanSteps>().Handle(default);
        return started;
    }

    public T Of<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    public DateTimeOffset At(int day, int hour, int minute = 0) => Of<ProvinceTime>().At(new(2026, 11, day), new(hour, minute));

    public void GoTo(int day, int hour, int minute = 0) => Clock.SetUtcNow(At(day, hour, minute));

    public Task<int> TakeAsync() => Of<TakeSteps>().Handle(TimeSpan.Zero, default);

    public Task<int> SendAsync() => Of<SendLetters>().Handle(default);

    public Task NameAsync(string agency, string email) => ExecuteAsync($"""
        insert into focal_point (id, agency, kind, name, position, phone, email, valid_from, recorded_by, recorded_at)
        values (gen_random_uuid(), '{agency}', 0, 'Lan', 'Chuyên viên', '0235 3852 000', '{email}', '2026-01-01', 'test', now())
        """);

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Host.Database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    public async Task<IReadOnlyList<T>> ColumnAsync<T>(string sql, params object[] values)
    {
        await using var command = Host.Database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await rows.ReadAsync()) found.Add(await rows.GetFieldValueAsync<T>(0));
        return found;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
