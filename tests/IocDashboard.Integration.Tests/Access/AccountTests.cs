using System.Diagnostics;
using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>Passwords that are guessed first are refused; guessing locks, ever longer; and nothing tells whether a name exists.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private readonly CountingHasher _hasher = new();
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IocHost.StartAsync(new() { Services = services => services.AddSingleton<IPasswordHasher<UserAccount>>(_hasher) });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Locked_AgainAndAgain_IsLockedForTwiceAsLong()
    {
        (await SetAsync("lan.pham", Visitor.Password)).ShouldBeEmpty();
        using var stranger = new Visitor(_host);
        var locks = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 5; i++) await stranger.SignInAsync("lan.pham", "không phải mật khẩu");
            (await stranger.SignInAsync("lan.pham", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, "locked, also for the right password");
            locks.Add((await EndOfLockAsync() - TimeProvider.System.GetUtcNow()).TotalMinutes);
            await ExecuteAsync("""update identity.account set "LockoutEnd" = now() - interval '1 second'""");
        }

        locks.Select(l => Math.Round(l)).ShouldBe([15, 30, 60]);
        (await stranger.SignInAsync("lan.pham", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var another = new Visitor(_host);
        for (var i = 0; i < 5; i++) await another.SignInAsync("lan.pham", "không phải mật khẩu");
        Math.Round((await EndOfLockAsync() - TimeProvider.System.GetUtcNow()).TotalMinutes).ShouldBe(15, "a sign-in that succeeds begins anew");
    }

    [Fact]
    public async Task Failures_AtTheSameMoment_AreEachCounted()
    {
        (await SetAsync("lan.pham", Visitor.Password)).ShouldBeEmpty();

        var counted = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var scope = _host.Services.CreateScope();
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            return await accounts.AccessFailedAsync((await accounts.FindByNameAsync("lan.pham"))!);
        }));

        counted.ShouldAllBe(r => r.Succeeded);
        (await EndOfLockAsync()).ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
    }

    [Theory]
    [InlineData("ai\0do")]
    [InlineData("ai\uFFFEdo")]
    public async Task Name_ThatIsNoText_IsABadRequest(string name)
    {
        using var stranger = new Visitor(_host);
        (await stranger.SignInAsync(name, "x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await stranger.Client.GetAsync("/signin?returnUrl=" + Uri.EscapeDataString(name))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Refusal_ForAnUnknownNameAWrongPasswordAndALockedAccount_IsTheSameAndCostsTheSame()
    {
        (await SetAsync("lan.pham", Visitor.Password)).ShouldBeEmpty();
        using var stranger = new Visitor(_host);
        await stranger.SignInAsync("ai.do", "x");

        var wrong = await RefusedAsync(stranger, "lan.pham");
        var unknown = await RefusedAsync(stranger, "khong.co.ai");
        for (var i = 0; i < 4; i++) await stranger.SignInAsync("lan.pham", "không phải mật khẩu");
        var locked = await RefusedAsync(stranger, "lan.pham");

        unknown.ShouldBe(wrong);
        locked.ShouldBe(wrong);
        await ExecuteAsync("""update identity.account set "LockoutEnd" = null, "ClosedAt" = now()""");
        var closed = await RefusedAsync(stranger, "lan.pham");
        await ExecuteAsync("""update identity.account set "ClosedAt" = null, "PasswordHash" = null""");
        var without = await RefusedAsync(stranger, "lan.pham");

        closed.ShouldBe(wrong);
        without.ShouldBe(wrong);
        wrong.Checks.ShouldBe(1);
        wrong.Writes.ShouldBe(2, "the failure, and the trail");
    }

    [Fact]
    public async Task Guesses_AtTheSameMoment_AreCheckedOneAtATimeAndNoneAfterTheLock()
    {
        (await SetAsync("lan.pham", Visitor.Password)).ShouldBeEmpty();
        var strangers = Enumerable.Range(0, 12).Select(_ => new Visitor(_host)).ToList();

        await Task.WhenAll(strangers.Select((s, i) => s.SignInAsync("lan.pham", i < 11 ? "không phải mật khẩu" : "cũng không phải")));

        await using var failures = _host.Database.CreateCommand("""
            select count(*) from audit_entry where action = 'sign-in' and after->>'why' = 'password'
            """);
        ((long)(await failures.ExecuteScalarAsync())!).ShouldBeInRange(1, 5);
        foreach (var stranger in strangers) stranger.Dispose();
    }

    [Fact]
    public async Task InitialPassword_OpensNothingButThePageThatChangesIt()
    {
        (await SetAsync("lan.pham", Visitor.Password, isInitial: true)).ShouldBeEmpty();
        using var person = new Visitor(_host);
        (await person.SignInAsync("lan.pham", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var console = await person.Client.GetAsync("/console/overdue?asOf=2026-11-01");
        console.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        console.Headers.Location!.OriginalString.ShouldBe("/account/password?returnUrl=%2Fconsole%2Foverdue%3FasOf%3D2026-11-01");
        (await person.Client.PostAsync("/hubs/live/negotiate", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await person.Client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);

        const string chosen = "cá rô đồng kho tộ 7 phút", page = "/account/password?returnUrl=%2Fconsole%2Foverdue";
        await RefusedAsync("không phải mật khẩu", chosen, chosen, "Mật khẩu hiện tại không đúng");
        await RefusedAsync(Visitor.Password, chosen, chosen + "!", "không giống nhau");
        await RefusedAsync(Visitor.Password, Visitor.Password, Visitor.Password, "phải khác mật khẩu hiện tại");
        await RefusedAsync(Visitor.Password, "MatKhau@QuangNam2026", "MatKhau@QuangNam2026", "quá dễ đoán");
        await RefusedAsync(Visitor.Password, "ngắn quá", "ngắn quá", "ít nhất 14 ký tự");
        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "nothing was changed yet");

        using var changed = await ChangeAsync(Visitor.Password, chosen, chosen);
        changed.Headers.Location!.OriginalString.ShouldEndWith("/console/overdue");
        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = new Visitor(_host);
        await again.SignInAsync("lan.pham", chosen);
        (await again.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);

        Task<HttpResponseMessage> ChangeAsync(string current, string next, string repeated) =>
            person.FillAsync(page, "password", ("Form.Current", current), ("Form.New", next), ("Form.Again", repeated));

        async Task RefusedAsync(string current, string next, string repeated, string why)
        {
            using var answer = await ChangeAsync(current, next, repeated);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain(why);
        }
    }

    [Fact]
    public async Task FirstStart_WithoutDemonstration_PrintsOneAdministratorOnce()
    {
        await using var centre = await IocProcess.StartAsync();
        var line = new System.Text.RegularExpressions.Regex("First administrator: admin, password ([A-Za-z0-9]{20}) ");
        for (var i = 0; i < 600 && !line.IsMatch(centre.Output); i++) await Task.Delay(100);
        line.Matches(centre.Output).Count.ShouldBe(1, centre.Output);
        Directory.GetFiles(Path.Combine(centre.DataDirectory, "logs")).ShouldAllBe(f => !ReadShared(f).Contains(line.Match(centre.Output).Groups[1].Value));

        (await centre.StopAsync()).ShouldBe(0);
        await centre.StartAgainAsync();
        await Task.Delay(1_000);

        line.Matches(centre.Output).Count.ShouldBe(1, "a second start prints nothing");
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [Fact]
    public async Task Address_ThatTriesManyNames_IsHeldBackAndOthersAreNot()
    {
        (await SetAsync("lan.pham", Visitor.Password)).ShouldBeEmpty();
        using var sprayer = new Visitor(_host, "10.66.6.6");
        for (var i = 0; i < SignInLimit.AttemptsAMinute; i++)
            (await sprayer.SignInAsync($"nguoi.{i}", "Mùa xuân 2026")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var held = await sprayer.SignInAsync("lan.pham", Visitor.Password);

        held.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        held.Headers.RetryAfter!.Delta.ShouldBe(SignInLimit.Window);
        WebUtility.HtmlDecode(await held.Content.ReadAsStringAsync()).ShouldContain("Địa chỉ này đã thử quá nhiều lần");
        using var other = new Visitor(_host, "10.66.6.7");
        (await other.SignInAsync("lan.pham", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private async Task<(string Words, int Checks, int Statements, int Writes)> RefusedAsync(Visitor stranger, string userName)
    {
        using var work = new DatabaseWork(_host);
        // The page is opened before, so that only the refusal is counted.
        var before = _hasher.Checks;
        using var answer = await stranger.SignInAsync(userName, "không phải mật khẩu");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        var at = page.IndexOf("role=\"alert\"", StringComparison.Ordinal);
        return (page[at..page.IndexOf("</p>", at, StringComparison.Ordinal)], _hasher.Checks - before, work.Statements, work.Writes);
    }

    private async Task<IReadOnlyList<string>> SetAsync(string userName, string password, bool isInitial = false)
    {
        using var scope = _host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, password, Roles.AgencyReporter, "SYT", isInitial);
    }

    private async Task<DateTimeOffset> EndOfLockAsync()
    {
        await using var command = _host.Database.CreateCommand("""select "LockoutEnd" from identity.account""");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What the form's request asks of the database: its statements, and those that write.</summary>
    private sealed class DatabaseWork : IDisposable
    {
        private readonly ActivityListener _listener;
        private int _statements, _writes;

        public DatabaseWork(IocHost host)
        {
            // Other tests' applications in this process do work of their own.
            var database = new NpgsqlConnectionStringBuilder(host.ConnectionString).Database!;
            _listener = new()
            {
                ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    if (activity.Source.Name != "Npgsql" || activity.TagObjects.All(t => t.Value as string != database) || !IsOfTheForm(activity) || (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is not string text) return;
                    Interlocked.Increment(ref _statements);
                    if (text.StartsWith("update", StringComparison.OrdinalIgnoreCase) || text.StartsWith("insert", StringComparison.OrdinalIgnoreCase)) Interlocked.Increment(ref _writes);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Statements => _statements;

        public int Writes => _writes;

        public void Dispose() => _listener.Dispose();

        private static bool IsOfTheForm(Activity activity)
        {
            var root = activity;
            while (root.Parent is { } parent) root = parent;
            return root.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn" && (root.GetTagItem("http.request.method") as string ?? "POST") == "POST";
        }
    }

    /// <summary>The real one, counted: time itself is too noisy to compare in a test, the work is not.</summary>
    private sealed class CountingHasher : IPasswordHasher<UserAccount>
    {
        private readonly PasswordHasher<UserAccount> _real = new();
        private int _checks;

        public int Checks => _checks;

        public string HashPassword(UserAccount user, string password) => _real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(UserAccount user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _checks);
            return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
