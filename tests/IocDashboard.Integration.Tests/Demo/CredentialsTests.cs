using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Demo;

[Collection(nameof(FilledCentre))]
public sealed class CredentialsTests(FilledCentre centre)
{
    private readonly JsonElement _file = JsonDocument.Parse(File.ReadAllText(Path.Combine(centre.Host.DataDirectory, "demo-credentials.json"))).RootElement;

    [Fact]
    public void File_IsReadableByItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(Path.Combine(centre.Host.DataDirectory, "demo-credentials.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task EveryRole_HasAnAccountThatSignsIn()
    {
        var users = _file.GetProperty("users").EnumerateArray().ToList();
        users.Select(u => Text(u, "role")).ShouldBe(Roles.All, ignoreOrder: true);
        await using var scope = centre.Host.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<UserAccount>>();
        var roles = scope.ServiceProvider.GetRequiredService<RoleAssignments>();
        foreach (var user in users)
        {
            Text(user, "password").Length.ShouldBeGreaterThanOrEqualTo(14);
            var account = (await accounts.FindByNameAsync(Text(user, "userName"))).ShouldNotBeNull();
            (await accounts.CheckPasswordAsync(account, Text(user, "password"))).ShouldBeTrue();
            (await roles.OfAsync(account.Id)).Where(r => r.ValidTo is null).Select(r => r.Role).ShouldBe([Text(user, "role")]);
            account.Agency.ShouldBe(Text(user, "agency"));
            centre.Catalogue.Agencies.Keys.ShouldContain(account.Agency);
        }
    }

    [Fact]
    public async Task EveryAgencyThatReports_HasAKeyThatWorks()
    {
        var keys = _file.GetProperty("keys").EnumerateArray().ToList();
        keys.Where(k => Text(k, "scope") == "submit").Select(k => Text(k, "agency"))
            .ShouldBe(centre.Catalogue.IndicatorList.Select(i => i.Agency).Distinct(), ignoreOrder: true);
        keys.Count(k => Text(k, "scope") == "read").ShouldBe(1);
        foreach (var key in keys)
        {
            (await GetAsync("/api/v1/forms?limit=1", Text(key, "token"))).ShouldBe(HttpStatusCode.OK, Text(key, "agency"));
            (await GetAsync("/api/v1/observations?limit=1", Text(key, "token")))
                .ShouldBe(Text(key, "scope") == "read" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, Text(key, "agency"));
        }
    }

    private async Task<HttpStatusCode> GetAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await centre.Host.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
