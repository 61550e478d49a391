using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Errors;

namespace IocDashboard.Web.Api.Problems;

/// <summary>
/// Answers with <c>application/problem+json</c> (RFC 9457): type, title, status, detail, traceId, code and, for bad content,
/// errors by JSON pointer. The one place that writes an error of the public interface, the sign-in handlers included.
/// </summary>
public static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    // Read by programs and people, never placed in a page: Vietnamese and plus signs stay as they are.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A problem of the whole request: <c>WriteAsync(context, 401, "bad-token")</c>.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, params string[] arguments) =>
        WriteAsync(context, status, JudgementError.At("", code, arguments), []);

    /// <summary>A problem with its reasons. Wrong content may have several; any other status has one reason, given first.</summary>
    public static Task WriteAsync(HttpContext context, int status, IReadOnlyList<JudgementError> errors) =>
        WriteAsync(
            context, status,
            errors.Count == 1 || status != StatusCodes.Status422UnprocessableEntity
                ? errors[0]
                : JudgementError.At("", "several-errors", Invariant(errors.Count)),
            errors);

    private static async Task WriteAsync(HttpContext context, int status, JudgementError main, IReadOnlyList<JudgementError> errors)
    {
        var response = context.Response;
        if (response.HasStarted) return;
        var culture = ApiTexts.LanguageOf(context.Request);
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.ContentLanguage = culture.TwoLetterISOLanguageName;
        response.Headers.Vary = "Accept-Language";
        response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(response.BodyWriter, Writing);
        json.WriteStartObject();
        json.WriteString("type", "urn:ioc:problem:" + main.Code);
        json.WriteString("title", CodeTexts.Title(status, culture));
        json.WriteNumber("status", status);
        json.WriteString("detail", CodeTexts.Detail(main.Code, main.Arguments, culture));
        json.WriteString("traceId", Activity.Current?.Id ?? context.TraceIdentifier);
        json.WriteString("code", main.Code);
        if (errors.Count > 0)
        {
            json.WriteStartArray("errors");
            foreach (var error in errors)
            {
                json.WriteStartObject();
                json.WriteString("pointer", error.Pointer);
                json.WriteString("code", error.Code);
                json.WriteString("detail", CodeTexts.Detail(error.Code, error.Arguments, culture));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An answer of a minimal endpoint that is a problem.</summary>
public sealed class ApiProblemResult(int status, IReadOnlyList<JudgementError> errors, TimeSpan? retryAfter = null) : IResult
{
    public ApiProblemResult(int status, string pointer, string code, params string[] arguments)
        : this(status, [JudgementError.At(pointer, code, arguments)])
    {
    }

    /// <summary>Where reading stopped; both numbers count from one.</summary>
    public static ApiProblemResult NotJson(JsonException fault) => new(
        StatusCodes.Status400BadRequest, "", "not-json", OneBased(fault.LineNumber), OneBased(fault.BytePositionInLine));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (retryAfter is { } wait) httpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ApiProblem.WriteAsync(httpContext, status, errors);
    }

    private static string OneBased(long? position) => ((position ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
}
