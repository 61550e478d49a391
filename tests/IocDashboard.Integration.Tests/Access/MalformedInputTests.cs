using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>
/// Ten thousand malformed bodies, tokens, cookies, addresses, forms and hub frames, drawn from a seed (<c>IOC_SEED</c>): none is answered
/// with 500, none is logged as an error, none changes anything, and the memory does not grow with them.
/// </summary>
[CollectionDefinition(nameof(MalformedInputTests), DisableParallelization = true)]
[Collection(nameof(MalformedInputTests))] // The memory that it weighs is the whole process's.
public sealed class MalformedInputTests : IAsyncLifetime
{
    private const int Calls = 9_000, Frames = 1_000, AtOnce = 8;
    // The same each time, so that a failure is a change's fault; IOC_SEED looks further.
    private const int UsualSeed = 20_261_124;

    private const long MostGrowth = 48 * 1024 * 1024;

    private static readonly string[] Paths =
    [
        "/api/v1/submissions", "/api/v1/submissions?dryRun=true", "/api/v1/feeds/DKTTV-RT/measurements", "/signin", "/signout", "/account/password", "/wall/pair",
        "/hubs/live/negotiate", "/_blazor/negotiate", "/console/displays", "/api/v1/observations", "/api/v1/reports/SYT-D/SYT/2026-11-20",
    ];

    private static readonly string[] Questions =
    [
        "/api/v1/observations", "/api/v1/timeliness", "/api/v1/obligations", "/api/v1/forms", "/api/v1/feeds", "/api/v1/agencies", "/api/v1/areas", "/api/v1/indicators",
        "/api/v1/reports/SYT-D/SYT/",
    ];

    private static readonly string[] Parameters =
        ["indicator", "area", "agency", "form", "period", "from", "through", "asOf", "includeHistory", "updatedAfter", "limit", "cursor", "state", "field"];

    private IocHost _host = null!;
    private HostileForms _forms = null!;
    private string _token = "", _rows = "", _sdmx = "";

    public async ValueTask InitializeAsync()
    {
        // The generator must reach what stands behind the limits.
        _host = await IocHost.StartAsync(new()
        {
            Settings = new[] { "KeyBurst", "AddressBurst", "FailuresPerMinute", "ConnectionsPerKey", "ConnectionsPerAddress" }
                .ToDictionary(limit => "Ioc:Limits:" + limit, _ => (string?)"1000000", StringComparer.Ordinal),
        });
        _token = (await _host.Services.GetRequiredService<MachineKeys>().AddAsync("SYT", [KeyScopes.Submit, KeyScopes.Read], null, "generator")).Token;
        _forms = await HostileForms.OfAsync(_host);
        var form = _host.Services.GetRequiredService<CatalogueCache>().Current.Forms["SYT-D"];
        var (indicator, area) = (form.Indicators[0].Code, form.Indicators[0].Areas[0]);
        // Each begins with a row that is refused, so that what is damaged elsewhere is never taken.
        _rows = "form;agency;period;indicator;indicator_name;area;area_name;value_vi;status;note\r\n"
            + string.Concat(new[] { "KHONG-CO", area }.Select(a => $"SYT-D;SYT;2026-11-20;{indicator};\"Tên; có dấu\";{a};;1;sơ bộ;ghi chú\r\n"));
        _sdmx = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,COMMENT_OBS\r\n"
            + string.Concat(new[] { "KHONG-CO", area }.Select(a => $"dataflow,IOC:OBSERVATIONS(1.0),I,D,{indicator},{a},2026-11-20,1,P,\"ghi, chú\"\r\n"));
    }

    public async ValueTask DisposeAsync()
    {
        _forms.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task TenThousandMalformedInputs_AreRefusedAndLeaveNoTrace()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("IOC_SEED"), CultureInfo.InvariantCulture, out var given) ? given : UsualSeed;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        // Whatever is made once is made before it is weighed.
        await SendAllAsync(seed, 500);
        await UntilQuietAsync();
        var (before, kept) = (Heap(), await KeptAsync());

        var statuses = await SendAllAsync(seed + 1, Calls);
        await SendFramesAsync(seed, Frames);

        statuses.Keys.Where(s => (int)s >= 500).ShouldBeEmpty(string.Join(", ", statuses));
        statuses.Keys.Count(s => (int)s is >= 400 and < 500).ShouldBeGreaterThan(4, "the generator reaches refusals of several kinds: " + string.Join(", ", statuses));
        var refused = await RefusedAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"refused on the trail: {string.Join(", ", refused)}; answers: {string.Join(", ", statuses)}");
        foreach (var handled in new[] { AuditActions.SignIn, AuditActions.PasswordChanged, AuditActions.SecondFactorChanged })
            refused.GetValueOrDefault(handled).ShouldBeGreaterThan(10, $"the generator reaches the handlers behind the forms: {handled}");
        (await KeptAsync()).ShouldBe(kept);
        (Heap() - before).ShouldBeLessThan(MostGrowth);
        (await ErrorsAsync()).ShouldBeEmpty();
        (await _host.Client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Dictionary<HttpStatusCode, int>> SendAllAsync(int seed, int count)
    {
        var statuses = new Dictionary<HttpStatusCode, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancellation) =>
        {
            // Not HashCode: that is another one in each process.
            var random = new Random(unchecked((seed * 31_337) + i));
            try
            {
                var status = random.Next(8) == 0 ? await _forms.SendAsync(random, cancellation) : await SendAsync(random, cancellation);
                lock (statuses) statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
            catch (HttpRequestException)
            {
                // The server closed a connection that did not speak HTTP: a refusal too.
            }
        });
        return statuses;
    }

    private async Task<HttpStatusCode> SendAsync(Random random, CancellationToken cancellation)
    {
        using var request = random.Next(8) == 0 ? QuestionOf(random) : RequestOf(random);
        using var answer = await _host.Client.SendAsync(request, cancellation);
        return answer.StatusCode;
    }

    /// <summary>By somebody who may ask, with parameters that exist.</summary>
    private HttpRequestMessage QuestionOf(Random random)
    {
        var path = Questions[random.Next(Questions.Length)];
        if (path.EndsWith('/')) path += HostileText.Escaped(HostileText.Of(random, 20)) + "x";
        path += "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Parameters[random.Next(Parameters.Length)] + "=" + HostileText.Escaped(random.Next(4) switch
        {
            0 => "2026-11-20T00:00:00Z" + HostileText.Of(random, 3),
            1 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            _ => HostileText.Of(random, 60),
        })));
        return new(HttpMethod.Get, path) { Headers = { { "Authorization", "Bearer " + _token }, { "X-Forwarded-For", $"10.{random.Next(256)}.1.1" } } };
    }

    private HttpRequestMessage RequestOf(Random random)
    {
        var path = Paths[random.Next(Paths.Length)];
        if (random.Next(4) == 0) path += (path.Contains('?') ? "&" : "?") + HostileText.Escaped(HostileText.Of(random, 12)) + "=" + HostileText.Escaped(HostileText.Of(random, 40));
        var request = new HttpRequestMessage(random.Next(4) == 0 ? HttpMethod.Get : HttpMethod.Post, path);
        if (random.Next(3) > 0) request.Headers.TryAddWithoutValidation("X-Forwarded-For", random.Next(3) > 0 ? $"10.{random.Next(256)}.1.1" : Ascii(random, 30));
        request.Headers.TryAddWithoutValidation("Authorization", random.Next(5) switch
        {
            0 or 1 => "Bearer " + _token,
            2 => "Bearer " + Ascii(random, 80),
            3 => "Bearer ioc_" + Ascii(random, 43),
            _ => Ascii(random, 60),
        });
        if (random.Next(2) == 0) request.Headers.TryAddWithoutValidation("Cookie", $"{Name(random)}={Ascii(random, 200)}; {Name(random)}={Guid.NewGuid():N}.{Ascii(random, 70)}");
        if (random.Next(5) == 0) request.Headers.TryAddWithoutValidation("Accept-Language", Ascii(random, 30));
        if (request.Method == HttpMethod.Post)
        {
            var rows = random.Next(5) switch { 0 => _rows, 1 => _sdmx, _ => null };
            if (rows is not null && path.StartsWith("/api/v1/submissions", StringComparison.Ordinal)) return Sending(request, random, rows);
            request.Content = new ByteArrayContent(Body(random));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(6) switch
            {
                0 => "application/x-www-form-urlencoded", 1 => "application/x-ndjson", 2 => "multipart/form-data; boundary=" + Name(random), 3 => Ascii(random, 20), _ => "application/json",
            });
        }

        return request;
    }

    /// <summary>A file of rows that is nearly right: cut off, doubled, with bytes changed, or called what it is not.</summary>
    private HttpRequestMessage Sending(HttpRequestMessage request, Random random, string rows)
    {
        request.RequestUri = new($"/api/v1/submissions?messageId={HostileText.Escaped(HostileText.Of(random, 20))}&complete={(random.Next(2) == 0 ? "false" : "true")}", UriKind.Relative);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);
        request.Content = new ByteArrayContent(Damage.Of(random, HostileText.Raw(rows)));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", (random.Next(10), rows == _rows) switch
        {
            (0, _) => "application/json", (_, true) => "text/csv", _ => "application/vnd.sdmx.data+csv" + (random.Next(2) == 0 ? ";version=2.0.0" : ""),
        });
        return request;
    }

    private static byte[] Body(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                var bytes = new byte[random.Next(2_000)];
                random.NextBytes(bytes);
                return bytes;
            case 1:
                return HostileText.Raw(new string('[', random.Next(2_000)) + Value(random, 0));
            case 2:
                return HostileText.Raw($"__RequestVerificationToken={Ascii(random, 100)}&_handler=signin&Form.UserName={HostileText.Escaped(HostileText.Of(random, 300))}&Form.Password={HostileText.Escaped(HostileText.Of(random, 300))}");
            default:
                // Nearly a report: right names, anything for values, often cut off or with a byte changed.
                var json = HostileText.Raw(
                    $$"""{"messageId":{{Value(random, 0)}},"form":{{(random.Next(2) == 0 ? "\"SYT-D\"" : Value(random, 0))}},"agency":{{(random.Next(2) == 0 ? "\"SYT\"" : Value(random, 0))}},"period":{{(random.Next(2) == 0 ? "\"2026-11-20\"" : Value(random, 0))}},"complete":{{Value(random, 0)}},"values":[{"indicator":{{Value(random, 0)}},"area":{{Value(random, 0)}},"value":{{Value(random, 0)}},"status":{{Value(random, 0)}},"note":{{Value(random, 0)}}},{{Value(random, 0)}}]}""");
                if (random.Next(2) == 0) json[random.Next(json.Length)] = (byte)random.Next(256);
                return random.Next(3) == 0 ? json[..random.Next(json.Length)] : json;
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 4 ? 8 : 10) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next(int.MinValue, int.MaxValue).ToString(CultureInfo.InvariantCulture),
        3 => $"{random.Next()}e{random.Next(-400, 400)}",
        4 => new string('9', random.Next(1, 400)),
        5 => "\"\\ud800\\u0000\"",
        6 => "\"" + HostileText.Of(random, 60).Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal) + "\"",
        7 => "\"" + new string('a', random.Next(5_000)) + "\"",
        8 => $"[{Value(random, depth + 1)},{Value(random, depth + 1)}]",
        _ => $$"""{"{{Name(random)}}":{{Value(random, depth + 1)}},"{{Name(random)}}":{{Value(random, depth + 1)}}}""",
    };

    private static string Name(Random random) => random.Next(6) switch
    {
        0 => "ioc.session", 1 => "ioc.display", 2 => "ioc.pairing", 3 => "ioc.language", 4 => "value", _ => "x" + random.Next(),
    };

    private static string Ascii(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => (char)random.Next(0x21, 0x7F)));

    /// <summary>Frames that are no messages, or messages that mean nothing, over a socket that was let in.</summary>
    private async Task SendFramesAsync(int seed, int count)
    {
        var random = new Random(seed);
        for (var sent = 0; sent < count;)
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new UriBuilder(_host.BaseAddress) { Scheme = "ws", Path = "/hubs/live", Query = "access_token=" + _token }.Uri, CancellationToken.None);
            try
            {
                if (random.Next(5) > 0) await socket.SendAsync(HostileText.Raw("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);
                for (var i = 0; i < 20 && socket.State == WebSocketState.Open; i++, sent++)
                    await socket.SendAsync(Frame(random), random.Next(4) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, CancellationToken.None);
            }
            catch (Exception closed) when (closed is WebSocketException or IOException)
            {
                // Refused by closing.
            }

            socket.Abort();
            sent++;
        }
    }

    private static byte[] Frame(Random random) => random.Next(4) switch
    {
        0 => HostileText.Raw(HostileText.Of(random, 200) + "\u001e"),
        1 => HostileText.Raw($$"""{"type":{{random.Next(-1, 12)}},"target":"{{Name(random)}}","arguments":[{{Value(random, 0)}}]}""" + "\u001e"),
        2 => HostileText.Raw($$"""{"type":1,"invocationId":"1","target":"{{(random.Next(2) == 0 ? "Subscribe" : "SubscribeValues")}}","arguments":[{{Value(random, 0)}},{{Value(random, 0)}}]}""" + "\u001e"),
        _ => HostileText.Raw(Value(random, 0)),
    };

    /// <summary>The first start opens obligations and flags those that are past: until that is done.</summary>
    private async Task UntilQuietAsync()
    {
        for (var (kept, same) = ("", 0); same < 15;)
        {
            await Task.Delay(200);
            var now = await KeptAsync();
            same = now == kept ? same + 1 : 0;
            kept = now;
        }
    }

    private static long Heap()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>What must not change: events, rows, messages, accounts, keys, paired screens. Refused sign-ins are on the trail, and screens may wait for a code.</summary>
    private async Task<string> KeptAsync()
    {
        await using var command = _host.Database.CreateCommand("""
            select concat_ws(' ', (select count(*) from history.mt_events), (select count(*) from observation), (select count(*) from message),
                (select count(*) from identity.account), (select count(*) from machine_key), (select count(*) from display),
                (select count(*) from audit_entry where outcome = 0), (select count(*) from identity.session where ended_at is null),
                (select count(*) from identity.role_assignment), (select count(*) from identity.account_passkey),
                (select count(*) from identity.account_token), (select md5(string_agg(concat("UserId", "Name", "Value"), ',' order by "UserId", "Name")) from identity.account_token),
                (select md5(string_agg(concat("UserName", "FullName", "Agency", "PasswordHash", "TwoFactorEnabled", "ClosedAt"), ',' order by "Id")) from identity.account))
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<Dictionary<string, long>> RefusedAsync()
    {
        await using var command = _host.Database.CreateCommand("select action, count(*) from audit_entry where outcome = 1 group by action");
        await using var reader = await command.ExecuteReaderAsync();
        var refused = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync()) refused[reader.GetString(0)] = reader.GetInt64(1);
        return refused;
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync()
    {
        var errors = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(_host.DataDirectory, "logs")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync() is { } line)
                if (line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal) || line.Contains("\"@l\":\"Fatal\"", StringComparison.Ordinal)) errors.Add(line[..Math.Min(600, line.Length)]);
        }

        return errors;
    }
}
