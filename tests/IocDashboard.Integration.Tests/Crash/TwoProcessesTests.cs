using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Tests.Fixtures;
using MimeKit;
using Npgsql;

namespace IocDashboard.Integration.Tests.Crash;

/// <summary>
/// Two processes of the centre on one database, on hosts of two zones, one of which is killed (SIGKILL) again and again while hundreds of
/// reports fall due: each falls overdue once, each step is taken once, each notice stands once in the inbox and each letter reaches the
/// mail server. A letter comes a second time only where its sender died between the server's taking it and the mark, which no protocol can
/// rule out: at most one for each death, byte for byte the same body under the same Message-ID, by which mail systems know it.
/// </summary>
public sealed partial class TwoProcessesTests : IAsyncLifetime
{
    private const int Kills = 1, ReportsInRound = 50;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3), Limit = TimeSpan.FromMinutes(2);

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("IOC_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();
    private readonly List<IocProcess> _nodes = [];
    private NpgsqlDataSource _rows = null!;
    private MailServer _mail = null!;
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        _connection = await (await PostgresServer.Shared).CreateMigratedDatabaseAsync();
        _rows = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(_connection) { SearchPath = "ioc", Timezone = "UTC" }.ConnectionString).Build();
        _mail = await MailServer.StartAsync(TestPaths.FreePort());
        // At the deadline alone, and never quiet: the test runs on the machine's own clock, at any hour.
        var quiet = JsonSerializer.Serialize(new QuietHours(TimeOnly.MaxValue, TimeOnly.MinValue, WorkingDaysOnly: false), EventJson.Options);
        foreach (var rhythm in Enum.GetValues<Rhythm>().Where(r => !r.IsStreamed()))
            await ExecuteAsync(
                "insert into ladder (rhythm, steps, quiet, set_by, reason, set_at) values ($1, $2::jsonb, $3::jsonb, 'test', 'test', now())",
                (short)rhythm, JsonSerializer.Serialize(Ladder.Usual(rhythm).Steps.Where(s => s.Code == "due"), EventJson.Options), quiet);
        _nodes.AddRange(await Task.WhenAll(StartAsync("America/New_York"), StartAsync("Pacific/Kiritimati")));
        await UntilAsync("obligations are opened and their steps laid out", "select count(*) > 150 from report where ladder_at < 'infinity'");
        await ExecuteAsync("""
            insert into focal_point (id, agency, kind, name, position, phone, email, valid_from, recorded_by, recorded_at)
            select gen_random_uuid(), agency, 0, 'Lan', 'Chuyên viên', '0235 3852 000', lower(agency) || '@province.example', '2020-01-01', 'test', now()
            from (select distinct agency from report) a
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(n => n.DisposeAsync().AsTask()));
        await _mail.DisposeAsync();
        await _rows.DisposeAsync();
        await (await PostgresServer.Shared).DropDatabaseAsync(_connection);
    }

    [Fact]
    public async Task ProcessKilledAtWork_LosesNoNotice_AndTellsNothingTwice()
    {
        var random = new Random(_seed);
        var watch = Stopwatch.StartNew();
        await _mail.PauseAsync(TimeSpan.FromMilliseconds(10));
        for (var round = 0; round < Kills; round++)
        {
            await FallDueAsync();
            await Task.Delay(TimeSpan.FromSeconds(1) + (random.NextDouble() * Span));
            var node = _nodes[random.Next(_nodes.Count)];
            await KillAsync(node);
            await Task.WhenAll(node.StartAgainAsync(), SettleAsync());
            Say($"round {round}: {_mail.Taken.Count} letters after {watch.Elapsed.TotalSeconds:0.0} s");
        }

        // And in the very instant in which nobody can know: the server has the letter, its sender has not heard of it.
        var (told, twice) = (_mail.Taken.Count, Repeats().Count);
        await _mail.PauseAsync(TimeSpan.FromSeconds(2));
        await FallDueAsync();
        while (_mail.Taken.Count == told) await Task.Delay(5, new CancellationTokenSource(Limit).Token);
        await Task.WhenAll(_nodes.Select(KillAsync));
        await _mail.PauseAsync(TimeSpan.Zero);
        await Task.WhenAll([.. _nodes.Select(n => n.StartAgainAsync()), SettleAsync()]);
        Say($"at the end: {_mail.Taken.Count} letters after {watch.Elapsed.TotalSeconds:0.0} s, repeated {Repeats().Count}");

        await ShouldHaveFallenOverdueOnceAsync();
        await ShouldHaveBeenToldOnceAsync();
        LettersShouldHaveComeOnce();
        (Repeats().Count - twice).ShouldBe(1, "the letter whose sender could not know");
        Repeats().Count.ShouldBeLessThanOrEqualTo(Kills + 1, Story);
    }

    private string Story => $"IOC_SEED={_seed}";

    private Task<IocProcess> StartAsync(string zone) => IocProcess.StartAsync(environment: new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Ioc"] = _connection, ["TZ"] = zone, ["Ioc__Mail__Host"] = "127.0.0.1", ["Ioc__Mail__From"] = "ioc@ioc.example", ["Ioc__Mail__Security"] = "None",
        ["Ioc__Mail__Port"] = _mail.Port.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>The deadlines of reports that are still to come strike from now on, one after another.</summary>
    private Task FallDueAsync() => ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
        with next as (
            select id, now() + interval '1 second' + row_number() over (order by md5(id)) * interval '{Span.TotalMilliseconds / ReportsInRound} milliseconds' as at from report
            where due_at > now() + interval '1 hour' and submitted_at is null order by md5(id) limit {ReportsInRound}),
        due as (update report set due_at = at, lock_at = at + interval '30 days' from next where report.id = next.id)
        update report_step set at = next.at from next where report = id
        """));

    /// <summary>With it dies its claim: that five minutes pass is not waited for.</summary>
    private async Task KillAsync(IocProcess node)
    {
        await node.KillAsync();
        await ExecuteAsync("update notice set claimed_until = now() where claimed_until > now() and sent_at is null");
    }

    private async Task SettleAsync()
    {
        await UntilAsync("every report is overdue", "select not exists (select from report where due_at <= now() + interval '10 seconds' and overdue_since is null)");
        await UntilAsync("every step is taken", "select not exists (select from report_step where at <= now() + interval '10 seconds' and done_at is null)");
        await UntilAsync("every letter is sent", "select not exists (select from notice where channel = 1 and sent_at is null)");
    }

    private async Task ShouldHaveFallenOverdueOnceAsync()
    {
        (await NumberAsync("select count(*) from report where overdue_since is not null")).ShouldBe((Kills + 1) * ReportsInRound, Story);
        (await NumberAsync("""
            select count(*) from report r where overdue_since is not null
              and (overdue_since <> due_at or 1 <> (select count(*) from history.mt_events e where e.stream_id = r.id and e.type = 'report_fell_overdue' and (e.data ->> 'At')::timestamptz = r.due_at)
                   or 1 <> (select count(*) from history.mt_events e where e.stream_id = r.id and e.type = 'report_escalated' and (e.data ->> 'At')::timestamptz = r.due_at))
            """)).ShouldBe(0, $"overdue and told of once, dated at the deadline. {Story}");
    }

    private async Task ShouldHaveBeenToldOnceAsync()
    {
        foreach (var channel in new[] { NoticeChannel.Inbox, NoticeChannel.Email })
            (await NumberAsync($"""
                select count(*) from report r where overdue_since is not null
                  and 1 <> (select count(*) from notice n, jsonb_array_elements(n.items) i where n.channel = {(int)channel} and i ->> 'Report' = r.id)
                """)).ShouldBe(0, $"{channel}. {Story}");
        (await NumberAsync("select count(*) from notice where failed_at is not null")).ShouldBe(0, Story);
    }

    /// <summary>By what they say and by their identity, not by what the database holds of them.</summary>
    private void LettersShouldHaveComeOnce()
    {
        var letters = _mail.Taken.Select(l => (l.Id, Message: MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(l.Text))))).ToList();
        var told = letters.SelectMany(l => Item().Matches(l.Message.TextBody ?? "").Select(m => (Report: $"{m.Groups["form"].Value} {m.Groups["period"].Value}", l.Id)))
            .Distinct().GroupBy(t => t.Report).ToDictionary(t => t.Key, t => t.Count());
        told.Count.ShouldBe((Kills + 1) * ReportsInRound, $"none lost. {Story}");
        told.Where(t => t.Value > 1).Select(t => t.Key).ShouldBeEmpty($"none in two letters. {Story}");
        foreach (var copies in letters.GroupBy(l => l.Id)) copies.Select(c => (c.Message.Subject, c.Message.TextBody, c.Message.To.ToString())).Distinct().Count().ShouldBe(1, copies.Key);
    }

    /// <summary>Letters that came more than once, each as often as it came again.</summary>
    private List<string> Repeats() => [.. _mail.Taken.GroupBy(l => l.Id).SelectMany(l => l.Skip(1)).Select(l => l.Id)];

    private async Task UntilAsync(string what, string sql)
    {
        var watch = Stopwatch.StartNew();
        while (await ScalarAsync(sql) is not true)
        {
            if (watch.Elapsed > Limit) Assert.Fail($"Waited in vain: {what}. {Story}\n{string.Join("\n", _nodes.Select(n => n.Output))}");
            await Task.Delay(50);
        }
    }

    private async Task<int> NumberAsync(string sql) => (int)(long)(await ScalarAsync(sql))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _rows.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(string sql, params object[] arguments)
    {
        await using var command = _rows.CreateCommand(sql);
        foreach (var argument in arguments) command.Parameters.Add(new() { Value = argument });
        await command.ExecuteNonQueryAsync();
    }

    private static void Say(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);

    [GeneratedRegex("Form (?<form>[A-Z0-9-]+), period (?<period>[0-9A-Z-]+), due", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Item();
}
