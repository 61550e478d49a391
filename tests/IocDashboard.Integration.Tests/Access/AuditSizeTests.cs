using System.Diagnostics;
using System.Globalization;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>The trail's pages stay fast when it has grown for years: every question that an index can answer is read from one.</summary>
public sealed class AuditSizeTests : IAsyncLifetime
{
    // IOC_AUDIT_ENTRIES=1000000 measures what docs/operations.md tells.
    private static readonly int Entries = int.TryParse(Environment.GetEnvironmentVariable("IOC_AUDIT_ENTRIES"), CultureInfo.InvariantCulture, out var given) ? given : 100_000;

    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IocHost.StartAsync();
        await using var fill = _host.Database.CreateCommand($"""
            insert into ioc.audit_entry (seq, at, actor_kind, actor, agency, action, subject, outcome, previous, hash)
            select 1000 + i, timestamptz '2026-01-01' + i * interval '30 seconds', 'person', 'person ' || i % 400, 'QTI',
                   (array['sign-in', 'sign-out', 'figures-exported', 'report-verified'])[1 + i % 4], 'subject ' || i, 0, '', ''
            from generate_series(1, {Entries}) i;
            insert into ioc.audit_entry (seq, at, actor_kind, actor, agency, action, subject, outcome, previous, hash)
            select 10000000 + i, timestamptz '2027-06-01', 'person', 'x', 'QTI', 'key-revoked', 'key ' || i, 0, '', '' from generate_series(1, 5) i;
            analyze ioc.audit_entry
            """);
        fill.CommandTimeout = 300;
        await fill.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Pages_OfALongTrail_AreReadFromIndexes()
    {
        var find = _host.Services.GetRequiredService<FindAudit>();
        var day = new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero);
        (string Name, AuditQuestion Question, long? Below, bool Indexed)[] questions =
        [
            ("newest", new(null, null, null, null), null, true),
            ("a page in the middle", new(null, null, null, null), 1_000 + (Entries / 2), true),
            ("a rare action", new("key-revoked", null, null, null), null, true),
            ("a common action, further on", new("sign-in", null, null, null), 5_000, true),
            ("one day long ago", new(null, null, day, day.AddDays(1)), null, true),
            ("an action of one day long ago", new("sign-in", null, day, day.AddDays(1)), null, true),
            ("a name", new(null, "person 17", null, null), null, true),
            ("a name that nobody has", new(null, "nobody at all", null, null), null, false),
        ];
        foreach (var (name, question, below, indexed) in questions)
        {
            await find.Handle(question, below, FindAudit.MostPerPage, CancellationToken.None);
            var watch = Stopwatch.StartNew();
            await find.Handle(question, below, FindAudit.MostPerPage, CancellationToken.None);
            var took = watch.Elapsed;
            var plan = await PlanAsync(find, question, below);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {took.TotalMilliseconds:0.0} ms of {Entries} entries"));
            if (indexed) plan.ShouldNotContain("Seq Scan", customMessage: name);
            if (indexed) took.ShouldBeLessThan(TimeSpan.FromMilliseconds(500), name);
        }
    }

    private static async Task<string> PlanAsync(FindAudit find, AuditQuestion question, long? below)
    {
        await using var command = find.Command(question, below, FindAudit.MostPerPage);
        command.CommandText = "explain " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
