using System.Globalization;
using IocDashboard.Integration.Tests.Platform;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Passwords that are guessed first are refused, and short ones without a second factor. Each is tried for an account of its own, all in one centre.</summary>
public sealed class PasswordTests(RunningHost running) : IClassFixture<RunningHost>
{
    private static int _accounts;

    // A number is no word: to the rules each is called lan.pham.
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"lan.pham.{Interlocked.Increment(ref _accounts)}");

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
        (await SetAsync(_name, password)).ShouldNotBeEmpty(password);

    [Theory]
    [InlineData(Visitor.Password)]
    [InlineData("cá rô đồng kho tộ 7 phút")]
    [InlineData("correct horse battery staple")]
    [InlineData("kX7vQm2LpR9tZb")]
    public async Task Password_ThatNobodyGuesses_IsTaken(string password) => (await SetAsync(_name, password)).ShouldBeEmpty();

    [Theory]
    [InlineData("kX7vQm2L", true)]
    [InlineData("zq4 wv8n", true)]
    [InlineData("Password", false)]
    [InlineData("P@ssw0rd", false)]
    [InlineData("MatKhau1", false)]
    [InlineData("QuangNam", false)]
    [InlineData("12345678", false)]
    [InlineData("qwertyui", false)]
    [InlineData("abcd1234", false)]
    [InlineData("aabbaabb", false)]
    [InlineData("LanPham1", false)]
    [InlineData("kX7vQm2", false)]
    public async Task Password_OfEightCharacters_IsTakenWithASecondFactorAlone(string password, bool isTaken)
    {
        (await SetAsync(_name, Visitor.Password, Roles.Operator, "QTI")).ShouldBeEmpty();
        using var scope = running.Host.Services.CreateScope();
        await Visitor.EnrolAsync(scope.ServiceProvider, _name);
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var account = (await accounts.FindByNameAsync(_name))!;

        (await accounts.ChangePasswordAsync(account, Visitor.Password, password)).Succeeded.ShouldBe(isTaken);

        await accounts.RemoveSecondFactorAsync(account);
        (await accounts.ResetPasswordAsync(account, await accounts.GeneratePasswordResetTokenAsync(account), password)).Succeeded.ShouldBeFalse();
    }

    private async Task<IReadOnlyList<string>> SetAsync(string userName, string password, string role = Roles.AgencyReporter, string agency = "SYT")
    {
        using var scope = running.Host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, password, role, agency);
    }
}
