using System.Globalization;
using System.Net;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>A key is replaced without a gap, and ends when it was said to end, on open connections too.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private static readonly AuditActor Administrator = new(AuditActor.Person, "an.quantri", "QTI", null, null);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    private MachineKeys Keys => _host.Services.GetRequiredService<MachineKeys>();

    private RotateKey Rotate => _host.Services.GetRequiredService<RotateKey>();

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new() { Time = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Key_WithoutAnEndGiven_LivesAYear()
    {
        var (key, _) = await Keys.AddAsync("SYT", [KeyScopes.Read], null, "bảng điện");

        key.ExpiresAt.ShouldBe(_clock.GetUtcNow().AddYears(1));
        (await Keys.ListAsync()).Single(k => k.Id == key.Id).ExpiresAt.ShouldBe(key.ExpiresAt);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(800)]
    public async Task Key_WithAnEndInThePastOrTooFar_IsNotIssued(int days)
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Keys.AddAsync("SYT", [KeyScopes.Read], _clock.GetUtcNow().AddDays(days), "bảng điện"));
        (await Keys.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Key_Rotated_WorksBesideItsSuccessorUntilTheOverlapEnds()
    {
        var (old, oldToken) = await Keys.AddAsync("SYT", [KeyScopes.Read, KeyScopes.Submit], null, "hệ thống HIS");
        (await StatusAsync(oldToken)).ShouldBe(HttpStatusCode.OK);

        var rotated = (await Rotate.Handle(old.Id, TimeSpan.FromDays(7), Administrator)).ShouldBeOfType<RotationOutcome.Rotated>();

        var next = rotated.Successor;
        (next.Agency, next.Label, next.Replaces, next.ExpiresAt).ShouldBe(("SYT", "hệ thống HIS", old.Id, _clock.GetUtcNow().AddYears(1)));
        next.Scopes.ShouldBe([KeyScopes.Read, KeyScopes.Submit]);
        (await Keys.ListAsync()).Single(k => k.Id == old.Id).ExpiresAt.ShouldBe(_clock.GetUtcNow().AddDays(7));
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await StatusAsync(oldToken)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(rotated.Token)).ShouldBe(HttpStatusCode.OK);

        _clock.Advance(TimeSpan.FromSeconds(1));

        (await StatusAsync(oldToken)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(rotated.Token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Key_RotatedWithoutOverlap_EndsAtOnce()
    {
        var (old, token) = await Keys.AddAsync("SYT", [KeyScopes.Read], null, "test");
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        await Rotate.Handle(old.Id, TimeSpan.Zero, Administrator);

        (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_NearItsEnd_IsNotProlongedByAnOverlap()
    {
        var end = _clock.GetUtcNow().AddDays(2);
        var (old, _) = await Keys.AddAsync("SYT", [KeyScopes.Read], end, "test");

        (await Rotate.Handle(old.Id, TimeSpan.FromDays(30), Administrator)).ShouldBeOfType<RotationOutcome.Rotated>().Old.ExpiresAt.ShouldBe(end);
    }

    [Fact]
    public async Task Key_ThatIsNotValidOrWasRotated_IsNotRotatedAgain()
    {
        var (old, _) = await Keys.AddAsync("SYT", [KeyScopes.Read], null, "test");
        var first = (await Rotate.Handle(old.Id, KeyTerm.UsualOverlap)).ShouldBeOfType<RotationOutcome.Rotated>();

        (await Rotate.Handle(old.Id, KeyTerm.UsualOverlap)).ShouldBe(new RotationOutcome.HasSuccessor(first.Successor.Id));
        (await Rotate.Handle(Guid.NewGuid(), KeyTerm.UsualOverlap)).ShouldBeOfType<RotationOutcome.NotValid>();
        await Keys.RevokeAsync(first.Successor.Id);
        (await Rotate.Handle(old.Id, KeyTerm.UsualOverlap)).ShouldBeOfType<RotationOutcome.Rotated>("the successor's token was lost");
        (await Rotate.Handle(first.Successor.Id, KeyTerm.UsualOverlap)).ShouldBeOfType<RotationOutcome.NotValid>();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Rotate.Handle(old.Id, TimeSpan.FromDays(91)));
    }

    [Fact]
    public async Task Key_RotatedTwiceAtOnce_HasOneSuccessor()
    {
        var (old, _) = await Keys.AddAsync("SYT", [KeyScopes.Read], null, "test");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Rotate.Handle(old.Id, KeyTerm.UsualOverlap)));

        outcomes.OfType<RotationOutcome.Rotated>().ShouldHaveSingleItem();
        (await Keys.ListAsync()).Count(k => k.Replaces == old.Id).ShouldBe(1);
    }

    [Fact]
    public async Task Rotation_IsOnTheTrailWithWhoDidIt()
    {
        var (old, _) = await Keys.AddAsync("SYT", [KeyScopes.Read], null, "bảng điện", Administrator);
        var rotated = (RotationOutcome.Rotated)await Rotate.Handle(old.Id, TimeSpan.FromDays(7), Administrator);
        await Keys.RevokeAsync(rotated.Successor.Id, Administrator);

        var entries = await _host.Services.GetRequiredService<FindAudit>().Handle(new(null, "an.quantri", null, null), null, 10, CancellationToken.None);

        entries.Select(e => (e.Action, e.Subject)).ShouldBe(
        [
            (AuditActions.KeyRevoked, rotated.Successor.Id.ToString()), (AuditActions.KeyIssued, rotated.Successor.Id.ToString()),
            (AuditActions.KeyRotated, old.Id.ToString()), (AuditActions.KeyIssued, old.Id.ToString()),
        ]);
        entries.ShouldAllBe(e => e.Actor.Agency == "QTI");
        entries[2].After!.ShouldContain(rotated.Successor.Id.ToString());
        entries.ShouldAllBe(e => !$"{e.Before}{e.After}".Contains(rotated.Token));
    }

    [Fact]
    public async Task Connection_OfARotatedKey_EndsWithTheOverlap()
    {
        await using var host = await IocHost.StartAsync();
        var (old, token) = await host.Services.GetRequiredService<MachineKeys>().AddAsync("SYT", [KeyScopes.Read], null, "bảng điện");
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(host.BaseAddress, "/hubs/live"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();

        await host.Services.GetRequiredService<RotateKey>().Handle(old.Id, TimeSpan.FromSeconds(2));

        await Task.Delay(TimeSpan.FromSeconds(1));
        closed.Task.IsCompleted.ShouldBeFalse("the overlap goes on");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Commands_IssueRotateAndList()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Ioc"] = _host.ConnectionString };
        Task<(int ExitCode, string Output)> Run(params string[] arguments) => IocProcess.RunAsync(_host.DataDirectory, arguments, environment);

        (await Run("key", "add", "--agency", "SYT", "--scope", "read", "--expires", "2099-01-01")).ExitCode.ShouldBe(2);
        (await Run("key", "add", "--agency", "SYT", "--scope", "read", "--label", "bang dien")).ExitCode.ShouldBe(0);
        var key = (await Keys.ListAsync()).ShouldHaveSingleItem();
        (await Run("key", "rotate", key.Id.ToString(), "--overlap", "91")).ExitCode.ShouldBe(2);
        var (code, output) = await Run("key", "rotate", key.Id.ToString(), "--overlap", "3");
        code.ShouldBe(0, output);
        output.ShouldContain("ioc_");
        (await Run("key", "rotate", key.Id.ToString())).ExitCode.ShouldBe(2);
        var list = (await Run("key", "list")).Output;
        list.ShouldContain($"replaced by {(await Keys.ListAsync()).Single(k => k.Replaces == key.Id).Id}");
        list.ShouldNotContain("ioc_");

        var time = _host.Services.GetRequiredService<ProvinceTime>();
        var today = time.DayOf(TimeProvider.System.GetUtcNow());
        var lastDay = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await Run("key", "add", "--agency", "SYT", "--scope", "read", "--label", "hom nay", "--expires", lastDay)).ExitCode.ShouldBe(0);
        (await Keys.ListAsync()).Single(k => k.Label == "hom nay").ExpiresAt.ShouldBe(time.StartOf(today.AddDays(1)), "the last day counts whole");
        (await Run("key", "list")).Output.ShouldContain($"last day {lastDay}");
    }

    [Fact]
    public async Task Page_IsForAdministratorsAndSaysHowKeysStand()
    {
        await Keys.AddAsync("SYT", [KeyScopes.Read], _clock.GetUtcNow().AddDays(20), "bảng điện sắp hết hạn");
        var (old, _) = await Keys.AddAsync("CTK", [KeyScopes.Submit], null, "hệ thống cũ");
        await Rotate.Handle(old.Id, KeyTerm.UsualOverlap);
        using var administrator = await Visitor.OfAsync(_host, Roles.Administrator, "QTI");
        using var @operator = await Visitor.OfAsync(_host, Roles.Operator);

        var page = WebUtility.HtmlDecode(await administrator.Client.GetStringAsync("/console/keys"));

        foreach (var words in new[] { "bảng điện sắp hết hạn", "Hết hạn trong 30 ngày", "Đã có khóa thay", "Còn hiệu lực" }) page.ShouldContain(words);
        page.ShouldNotContain("ioc_");
        (await administrator.Client.GetStringAsync("/console/keys?lang=en")).ShouldContain("Expires within 30 days");
        (await @operator.Client.GetAsync("/console/keys")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _host.Client.GetAsync("/console/keys")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await @operator.Client.GetStringAsync("/console")).ShouldNotContain("/console/keys");
        (await administrator.Client.GetStringAsync("/console")).ShouldContain("/console/keys");
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/agencies") { Headers = { { "Authorization", "Bearer " + token } } };
        using var answer = await _host.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
