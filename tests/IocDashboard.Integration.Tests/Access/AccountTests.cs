using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Passwords that are guessed first are refused; guessing locks, ever longer; and nothing tells whether a name exists.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private readonly CountingHasher _hasher = new();
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IocHost.StartAsync(new() { Services = services => services.AddSingleton<IPasswordHasher<UserAccount>>(_hasher) });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("Password123456789")]
    [InlineData("P@ssw0rd!P@ssw0rd!")]
    [InlineData("MatKhau@QuangNam2026")]
    [InlineData("mật khẩu quảng nam 123")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("1q2w3e4r5t6y7u8i9o")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabcabc")]
    [InlineData("01234567890987654321")]
    [InlineData("LanPham.SYT.LanPham")]
    [InlineData("SoYTeQuangNam2026!!")]
    [InlineData("Iloveyou.VietNam.2026")]
    [InlineData("ngắn quá")]
    public async Task Password_GuessedFirst_IsRefused(string password) =>
        (await SetAsync("lan.pham", password)).ShouldNotBeEmpty(password);

    [Theory]
    [InlineData(Visitor.Password)]
    [InlineData("cá rô đồng kho tộ 7 phút")]
    [InlineData("correct horse battery staple")]
    [InlineData("kX7vQm2LpR9tZb")]
    public async Task Password_ThatNobodyGuesses_IsTaken(string password) => (await SetAsync("lan.pham", password)).ShouldBeEmpty();

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
        for (var i = 0; i < 5; i++) await stranger.SignInAsync("lan.pham", "không phải mật khẩu", "/signin?lang=vi");
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
        wrong.Checks.ShouldBe(1);
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

    private async Task<(string Words, int Checks)> RefusedAsync(Visitor stranger, string userName)
    {
        var before = _hasher.Checks;
        using var answer = await stranger.SignInAsync(userName, "không phải mật khẩu");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        var at = page.IndexOf("role=\"alert\"", StringComparison.Ordinal);
        return (page[at..page.IndexOf("</p>", at, StringComparison.Ordinal)], _hasher.Checks - before);
    }

    private async Task<IReadOnlyList<string>> SetAsync(string userName, string password)
    {
        using var scope = _host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, password, Roles.AgencyReporter, "SYT");
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
