using System.Net;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Tests.Access;

/// <summary>The single sign-on from outside the centre's own networks: only whoever the provider saw two factors of gets in.</summary>
public sealed class SsoOutsideTests(SsoCentre centre) : IClassFixture<SsoCentre>
{
    private const string Outside = "203.113.131.";

    [Fact]
    public async Task Outside_WithOneFactor_OpensNothingAndEndsTheSession()
    {
        await centre.Provider.KnowAsync("o-1", ProvidersPerson.Of([SsoCentre.Operators], userName: "o-1"));
        using var person = new Visitor(centre.Host, Outside + "1");

        (await person.SignInBySsoAsync("o-1")).PathOf().ShouldBe("/");

        (await person.Client.GetAsync("/console")).PathOf().ShouldBe("/signin?returnUrl=%2Fconsole&ended=second-factor-needed");
        (await person.Client.GetAsync("/console")).PathOf().ShouldBe("/signin?returnUrl=%2Fconsole", "the session is over");
    }

    [Fact]
    public async Task Outside_WithTwoFactors_IsInside()
    {
        await centre.Provider.KnowAsync("o-2", ProvidersPerson.Of([SsoCentre.Operators], userName: "o-2") with { Amr = ["pwd", "otp"] });
        using var person = new Visitor(centre.Host, Outside + "2");

        (await person.SignInBySsoAsync("o-2")).PathOf().ShouldBe("/");

        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_BegunInsideWithOneFactor_EndsWhenItIsUsedFromOutside()
    {
        await centre.Provider.KnowAsync("o-3", ProvidersPerson.Of([SsoCentre.Operators], userName: "o-3"));
        using var person = SsoVisits.NewVisitor(centre.Host);
        await person.SignInBySsoAsync("o-3");
        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/console")
        {
            Headers = { { "Cookie", person.CookiesFor(centre.Host.BaseAddress) }, { "X-Forwarded-For", Outside + "3" }, { "Accept", "text/html" } },
        };

        using var refused = await centre.Host.Client.SendAsync(elsewhere);

        refused.PathOf().ShouldContain("ended=second-factor-needed");
        (await person.Client.GetAsync("/console")).PathOf().ShouldStartWith("/signin");
    }

    [Fact]
    public async Task Administrator_WithOneFactor_OpensNothingInsideEither()
    {
        await centre.Provider.KnowAsync("o-4", ProvidersPerson.Of([SsoCentre.Administrators], userName: "o-4"));
        using var person = SsoVisits.NewVisitor(centre.Host);

        await person.SignInBySsoAsync("o-4");

        (await person.Client.GetAsync("/console/people")).PathOf().ShouldContain("ended=second-factor-needed");
    }
}
