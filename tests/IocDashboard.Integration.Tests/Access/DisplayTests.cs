using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>A wall shows nothing before somebody authorised it, and nothing more once it is revoked.</summary>
public sealed partial class DisplayTests : IAsyncLifetime
{
    private static readonly AuditActor Operator = new(AuditActor.Person, "truc.ban", "QTI", null, null);
    private static readonly TimeSpan SoonAfter = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private IocHost _host = null!;

    private Pairings Pairings => _host.Services.GetRequiredService<Pairings>();

    private DisplayRegister Register => _host.Services.GetRequiredService<DisplayRegister>();

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Wall_Unpaired_ShowsOnlyItsCode()
    {
        using var screen = new Visitor(_host);

        var wall = await screen.Client.GetAsync("/wall?lang=en");
        var page = await screen.Client.GetStringAsync("/wall/pair");

        wall.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        PathOf(wall).ShouldBe("/wall/pair?lang=en");
        CodeOf(page).Length.ShouldBe(6);
        page.ShouldNotContain("data-code=");
        CodeOf(await screen.Client.GetStringAsync("/wall/pair")).ShouldBe(CodeOf(page), "a screen that is opened again keeps its code");
        (await StateAsync(screen)).ShouldBe("waiting");
    }

    [Fact]
    public async Task Screen_Authorised_TakesItsCredentialOnceAndShowsTheWallAlone()
    {
        using var screen = await PairAsync("Tường chính");

        (await screen.Client.GetStringAsync("/wall")).ShouldContain("id=\"wall\"");
        foreach (var path in new[] { "/console", "/console/displays", "/console/audit" })
            PathOf(await screen.Client.GetAsync(path)).ShouldStartWith("/signin?returnUrl=");
        (await screen.Client.GetAsync("/api/v1/observations")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await StateAsync(screen)).ShouldBe("gone", "the wait is over");
        var display = (await Register.ListAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (display.Name, display.PairedBy, display.RevokedAt).ShouldBe(("Tường chính", "truc.ban", null));
    }

    [Fact]
    public async Task Code_Used_Expired_OrMistyped_PairsNothing()
    {
        await using var host = await IocHost.StartAsync(new() { Time = _clock });
        var pairings = host.Services.GetRequiredService<Pairings>();
        var (cookie, waiting) = (await pairings.StartAsync("10.1.1.1", CancellationToken.None))!.Value;
        var (other, _) = (await pairings.StartAsync("10.1.1.1", CancellationToken.None))!.Value;

        (await AuthoriseAsync(pairings, "ABCDEF")).ShouldBe(PairingOutcome.UnknownCode);
        (await AuthoriseAsync(pairings, waiting.Code, name: " ")).ShouldBe(PairingOutcome.NoName);
        (await AuthoriseAsync(pairings, $" {waiting.Code[..3]}-{waiting.Code[3..].ToLowerInvariant()} ")).ShouldBe(PairingOutcome.Paired);
        (await AuthoriseAsync(pairings, waiting.Code)).ShouldBe(PairingOutcome.UnknownCode);

        (await pairings.CollectAsync(other, CancellationToken.None)).ShouldBeNull("another screen's secret");
        (await pairings.CollectAsync(cookie.Split('.')[0] + "." + other.Split('.')[1], CancellationToken.None)).ShouldBeNull("a guessed secret");
        (await pairings.CollectAsync(cookie, CancellationToken.None)).ShouldNotBeNull();
        (await pairings.CollectAsync(cookie, CancellationToken.None)).ShouldBeNull("fetched before");

        var (late, expired) = (await pairings.StartAsync("10.1.1.1", CancellationToken.None))!.Value;
        _clock.Advance(Pairings.ValidFor);
        (await AuthoriseAsync(pairings, expired.Code)).ShouldBe(PairingOutcome.UnknownCode);
        (await pairings.FindAsync(late, CancellationToken.None)).ShouldBeOfType<PairingState.Gone>();
    }

    [Fact]
    public async Task Guesses_AreLimitedForEachAccountAndOnTheTrail()
    {
        var outcomes = new List<PairingOutcome>();
        for (var i = 0; i < 12; i++) outcomes.Add(await AuthoriseAsync(Pairings, "ABCDEF"));

        outcomes.Take(10).ShouldAllBe(o => o == PairingOutcome.UnknownCode);
        outcomes.Skip(10).ShouldAllBe(o => o == PairingOutcome.TooManyAttempts);
        (await Pairings.AuthoriseAsync("ABCDEF", "x", "", Operator with { Name = "somebody.else" }, CancellationToken.None)).ShouldBe(PairingOutcome.UnknownCode);
        var entries = await _host.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.DisplayPaired, null, null, null), null, 100, CancellationToken.None);
        entries.Count.ShouldBe(13);
        entries.ShouldAllBe(e => e.Outcome == AuditOutcome.Refused);
    }

    [Fact]
    public async Task Waits_AreLimitedForEachAddress()
    {
        var started = 0;
        for (var i = 0; i < 40; i++) started += await Pairings.StartAsync("10.7.7.7", CancellationToken.None) is null ? 0 : 1;

        started.ShouldBe(30);
        using var screen = new Visitor(_host, "10.7.7.7");
        WebUtility.HtmlDecode(await screen.Client.GetStringAsync("/wall/pair")).ShouldContain("Đang có quá nhiều màn hình chờ ghép");
        (await Pairings.StartAsync("10.7.7.8", CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Revoked_AScreen_LosesItsWallAndItsConnectionAtOnce()
    {
        using var screen = await PairAsync("Tường phụ");
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(_host.BaseAddress, "/hubs/live"), o => o.Headers["Cookie"] = screen.CookiesFor(_host.BaseAddress))
            .Build();
        var (told, closed) = (new TaskCompletionSource(), new TaskCompletionSource());
        hub.On("Revoked", () => told.TrySetResult());
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        await hub.InvokeAsync<object>("Subscribe", "wall/overview", "vi");
        var display = (await Register.ListAsync(CancellationToken.None)).Single();

        (await Register.RevokeAsync(display.Id, Operator, CancellationToken.None)).ShouldBeTrue();

        await told.Task.WaitAsync(SoonAfter);
        await closed.Task.WaitAsync(SoonAfter);
        PathOf(await screen.Client.GetAsync("/wall")).ShouldBe("/wall/pair");
        (await Register.RevokeAsync(display.Id, Operator, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Revoked_AKey_LosesItsOpenConnectionAtOnce()
    {
        var keys = _host.Services.GetRequiredService<MachineKeys>();
        var (key, token) = await keys.AddAsync("SYT", [KeyScopes.Read], null, "bảng điện");
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(_host.BaseAddress, "/hubs/live"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();

        await keys.RevokeAsync(key.Id);

        await closed.Task.WaitAsync(SoonAfter);
        await Should.ThrowAsync<HttpRequestException>(hub.StartAsync());
    }

    [Fact]
    public async Task Page_OfDisplays_IsForTheOperatingUnit()
    {
        using var @operator = await Visitor.OfAsync(_host, Roles.Operator);
        using var reporter = await Visitor.OfAsync(_host, Roles.AgencyReporter, "SYT");

        (await @operator.Client.GetStringAsync("/console/displays?code=ABC234")).ShouldContain("ABC234");
        (await reporter.Client.GetAsync("/console/displays")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _host.Client.GetAsync("/console/displays")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Screen_OpenedAtAScene_ShowsItOnceItIsPaired()
    {
        using var screen = new Visitor(_host);
        var pairing = PathOf(await screen.Client.GetAsync("/wall?scene=discipline&lang=en"));
        pairing.ShouldBe("/wall/pair?scene=discipline&lang=en");

        (await AuthoriseAsync(Pairings, CodeOf(await screen.Client.GetStringAsync(pairing)))).ShouldBe(PairingOutcome.Paired);

        var wall = PathOf(await screen.Client.GetAsync(pairing));
        wall.ShouldBe("/wall?scene=discipline&lang=en");
        (await screen.Client.GetStringAsync(wall)).ShouldContain("data-channel=\"wall/discipline\"");
    }

    private async Task<Visitor> PairAsync(string name)
    {
        var screen = new Visitor(_host);
        var code = CodeOf(await screen.Client.GetStringAsync("/wall/pair"));
        (await AuthoriseAsync(Pairings, code, name)).ShouldBe(PairingOutcome.Paired);
        (await StateAsync(screen)).ShouldBe("ready");
        PathOf(await screen.Client.GetAsync("/wall/pair")).ShouldBe("/wall");
        return screen;
    }

    private static Task<PairingOutcome> AuthoriseAsync(Pairings pairings, string code, string name = "Tường") =>
        pairings.AuthoriseAsync(code, name, "Phòng điều hành", Operator, CancellationToken.None);

    private static async Task<string> StateAsync(Visitor screen) => StatePattern().Match(await screen.Client.GetStringAsync("/wall/pairing")).Groups[1].Value;

    private string PathOf(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return new Uri(_host.BaseAddress, answer.Headers.Location!).PathAndQuery;
    }

    /// <summary>The code that a waiting screen shows.</summary>
    internal static string CodeOf(string page) => string.Concat(CodePattern().Matches(page).Select(m => m.Groups[1].Value));

    [GeneratedRegex("<b aria-hidden=\"true\">([A-Z0-9])</b>")]
    private static partial Regex CodePattern();

    [GeneratedRegex("\"state\":\"([a-z]+)\"")]
    private static partial Regex StatePattern();
}
