using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access.Sso;

namespace IocDashboard.Tests.Access;

/// <summary>A visitor's way through the provider: redirects are followed, its form is filled in.</summary>
internal static partial class SsoVisits
{
    private static int _visitors;

    /// <summary>From an address of its own: attempts to sign in are limited for each.</summary>
    public static Visitor NewVisitor(IocHost host)
    {
        var (high, low) = Math.DivRem(Interlocked.Increment(ref _visitors), 250);
        return new(host, $"10.1.{high + 2}.{low + 1}");
    }

    /// <returns>What the centre answered when the browser came back; or its own refusal to begin.</returns>
    public static async Task<HttpResponseMessage> SignInBySsoAsync(this Visitor visitor, string subject, string path = "/signin/sso")
    {
        var (back, answer) = await visitor.ComeBackAsync(subject, path);
        return back is null ? answer : await visitor.Client.GetAsync(back);
    }

    /// <returns>The address that the provider sends the browser back to, not yet opened; null when it does not.</returns>
    public static async Task<(Uri? Back, HttpResponseMessage Last)> ComeBackAsync(this Visitor visitor, string subject, string path = "/signin/sso")
    {
        var centre = visitor.Client.BaseAddress!;
        var answer = await visitor.Client.GetAsync(path);
        for (var steps = 0; steps < 10; steps++)
        {
            if (answer.Headers.Location is { } location)
            {
                var next = new Uri(answer.RequestMessage!.RequestUri!, location);
                if (next.Authority == centre.Authority) return (next.AbsolutePath == SsoModule.CallbackPath ? next : null, answer);
                answer = await visitor.Client.GetAsync(next);
            }
            else
            {
                var page = await answer.Content.ReadAsStringAsync();
                if (Form().Match(page) is not { Success: true } form) return (null, answer);
                answer = await visitor.Client.PostAsync(new Uri(answer.RequestMessage!.RequestUri!, form.Groups["action"].Value), new FormUrlEncodedContent([new("sub", subject)]));
            }
        }

        throw new InvalidOperationException("The provider leads round in circles.");
    }

    public static string PathOf(this HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return new Uri(answer.RequestMessage!.RequestUri!, answer.Headers.Location!).PathAndQuery;
    }

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>/interaction/[^\"]+)\"")]
    private static partial Regex Form();
}
