using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Platform.Access;

/// <summary>Refusals at the door, as RFC 9457 problems with a stable code and a text in the caller's language.</summary>
internal sealed class AccessProblem(IStringLocalizer<AccessTexts> texts)
{
    public const string NoToken = "no-token", BadToken = "bad-token", ExpiredToken = "expired-token",
        MissingScope = "missing-scope", NotAllowed = "not-allowed";

    // Whatever the caller accepts, a refusal is a problem document: it is not what was asked for.
    public Task WriteAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new ProblemDetails
            {
                Status = status,
                Type = $"urn:ioc:problem:{code}",
                Title = texts[status == StatusCodes.Status401Unauthorized ? "title-401" : "title-403"],
                Detail = texts[code],
                Extensions = { ["code"] = code, ["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier },
            },
            options: null,
            contentType: "application/problem+json");
    }
}

/// <summary>Texts of this folder: AccessTexts.resx.</summary>
public sealed class AccessTexts;
