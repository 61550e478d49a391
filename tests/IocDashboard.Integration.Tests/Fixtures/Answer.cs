using System.Net;
using System.Text.Json.Nodes;

namespace IocDashboard.Tests.Fixtures;

/// <summary>What the interface answered.</summary>
public sealed record Answer(HttpStatusCode Status, string? MediaType, string Text, Uri? Location, TimeSpan? RetryAfter)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer is null.");

    /// <summary>Pairs of pointer and code.</summary>
    public IReadOnlyList<string> Errors => [.. (Json["errors"]?.AsArray() ?? []).Select(e => $"{e!["pointer"]} {e["code"]}")];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(),
        response.Headers.Location, response.Headers.RetryAfter?.Delta);

    public Answer ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A problem document with this status and, when given, exactly this one error.</summary>
    public Answer ShouldBeProblem(int status, string? error = null)
    {
        ((int)Status).ShouldBe(status, Text);
        MediaType.ShouldBe("application/problem+json");
        ((int)Json["status"]!).ShouldBe(status);
        foreach (var member in new[] { "type", "title", "detail", "traceId" }) ((string?)Json[member]).ShouldNotBeNullOrWhiteSpace(member);
        if (error is not null) Errors.ShouldBe([error]);
        return this;
    }
}
