using System.Globalization;
using System.Net;
using System.Text;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>
/// Forms of the static pages with everything right but their fields: cookie and antiforgery token are those of somebody who is
/// not signed in, of one who is and has just shown who they are, and of one between the two steps of signing in.
/// </summary>
internal sealed class HostileForms : IDisposable
{
    // What would do as it says, whatever its fields hold, is not among them: new recovery codes, an end of a session, signing out.
    private static readonly (string Path, string Handler, string[] Fields)[] OfAnybody =
    [
        ("/signin", "signin", ["UserName", "Password"]), ("/signin", "passkey", ["Credential"]), ("/signin/passkey", "", ["Credential"]), ("/wall/pair", "signin", ["Code"]),
    ];

    private static readonly (string Path, string Handler, string[] Fields)[] OfOneWhoIsSignedIn =
    [
        ("/account/password", "password", ["Current", "New", "Again"]), ("/account/second-factor", "prove", ["Password"]), ("/account/second-factor", "app", ["Code", "Key"]),
        ("/account/second-factor", "passkey", ["Name", "Credential"]), ("/account/second-factor", "off", ["Password", "Code"]), ("/account", "end-0", ["Session"]),
    ];

    private static readonly (string Path, string Handler, string[] Fields)[] OfOneBetweenSteps =
    [
        ("/signin/code", "code", ["Code"]), ("/signin/code", "recovery", ["Code"]), ("/signin/code", "passkey", ["Credential"]),
    ];

    // Five wrong codes lock an account, and behind a lock no handler is reached.
    private const int RenewedEvery = 24;

    private readonly IocHost _host;
    private readonly (Visitor Visitor, string Token, (string Path, string Handler, string[] Fields)[] Forms)[] _people;
    private int _sent;

    private HostileForms(IocHost host, (Visitor, string, (string, string, string[])[])[] people) => (_host, _people) = (host, people);

    public static async Task<HostileForms> OfAsync(IocHost host)
    {
        var (stranger, person, between) = (new Visitor(host), await Visitor.OfAsync(host, Roles.Operator, "SYT", "lan"), await Visitor.OfAsync(host, Roles.Administrator, "QTI", "minh"));
        (await person.FillAsync("/account/second-factor", "prove", ("Form.Password", Visitor.Password))).StatusCode.ShouldBe(HttpStatusCode.OK);
        between.Dispose();
        between = new(host);
        using var half = await between.SignInAsync("minh", Visitor.Password);
        half.Headers.Location!.OriginalString.ShouldContain("/signin/code");
        return new(host,
        [
            (stranger, Visitor.TokenOf(await stranger.Client.GetStringAsync("/signin")), OfAnybody),
            (person, Visitor.TokenOf(await person.Client.GetStringAsync("/account/second-factor")), OfOneWhoIsSignedIn),
            (between, Visitor.TokenOf(await between.Client.GetStringAsync("/signin/code")), OfOneBetweenSteps),
        ]);
    }

    public async Task<HttpStatusCode> SendAsync(Random random, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _sent) % RenewedEvery == 0) await RenewAsync();
        var (visitor, token, forms) = _people[random.Next(_people.Length)];
        var (path, handler, fields) = forms[random.Next(forms.Length)];
        if (random.Next(4) == 0) path += "?returnUrl=" + HostileText.Escaped(HostileText.Of(random, 60));
        var body = new StringBuilder($"_handler={handler}&__RequestVerificationToken={Uri.EscapeDataString(token)}");
        var same = Value(random);
        foreach (var field in fields) body.Append(CultureInfo.InvariantCulture, $"&Form.{field}={HostileText.Escaped(random.Next(2) == 0 ? same : Value(random))}");
        if (random.Next(6) == 0) body.Append(CultureInfo.InvariantCulture, $"&{HostileText.Escaped(HostileText.Of(random, 20))}={HostileText.Escaped(Value(random))}");
        // From ever another machine: attempts to sign in are counted by address.
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToString(), Encoding.ASCII, "application/x-www-form-urlencoded"), Headers = { { "X-Forwarded-For", $"10.{random.Next(256)}.{random.Next(256)}.1" } },
        };
        using var answer = await visitor.Client.SendAsync(request, cancellation);
        return answer.StatusCode;
    }

    public void Dispose()
    {
        foreach (var (visitor, _, _) in _people) visitor.Dispose();
    }

    /// <summary>Locks are lifted, and whoever is signed in shows again who they are.</summary>
    private async Task RenewAsync()
    {
        await using var unlock = _host.Database.CreateCommand("""update identity.account set "LockoutEnd" = null, "AccessFailedCount" = 0, "LockCount" = 0""");
        await unlock.ExecuteNonQueryAsync();
        using var proven = await _people[1].Visitor.FillAsync("/account/second-factor", "prove", ("Form.Password", Visitor.Password));
    }

    private static string Value(Random random) => random.Next(8) switch
    {
        0 => "",
        1 => random.Next(1_000_000).ToString("000000", CultureInfo.InvariantCulture),
        2 => "lan",
        3 => new string('ơ', random.Next(20_000)),
        4 => "{\"id\":\"" + HostileText.Of(random, 40) + "\",\"response\":{}}",
        _ => HostileText.Of(random, 200),
    };
}
