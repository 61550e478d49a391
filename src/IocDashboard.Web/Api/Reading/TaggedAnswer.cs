using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace IocDashboard.Web.Api.Reading;

/// <summary>
/// An answer with its entity tag: the same bytes have the same tag on every node and after every restart, and a caller that
/// holds them already gets 304. <paramref name="next"/>, the cursor of the following page, also stands in a <c>Link</c> header,
/// for formats that have no place of their own for it.
/// </summary>
internal sealed class TaggedAnswer(ReadOnlyMemory<byte> body, string contentType, string? next) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 16))}\"");
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;

        // Each key sees its own part, so no cache on the way may hand an answer to another.
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        response.Headers.Vary = "Accept, Authorization";
        if (next is not null) response.Headers.Link = $"<{NextAddress(request)}>; rel=\"next\"";
        if (request.GetTypedHeaders().IfNoneMatch.Any(held => held.Tag == "*" || held.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private string NextAddress(HttpRequest request)
    {
        var query = QueryString.Create(request.Query.Where(p => p.Key != "cursor")).Add("cursor", next!);
        return request.PathBase + request.Path + query;
    }
}
