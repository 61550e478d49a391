using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Problems;

namespace IocDashboard.Web.Api.Messages;

/// <summary>The whole body of one call in a pooled buffer. A call is judged as a whole, so nothing is parsed before it is all there.</summary>
public sealed class RequestBody : IDisposable
{
    public const int MostBytes = 5 * 1024 * 1024;
    public const string Json = "application/json";
    public const string NdJson = "application/x-ndjson";

    /// <summary>
    /// Let through by routing, which would refuse another type with nothing but the status; this reader refuses it and says
    /// which it takes. Not part of the OpenAPI document.
    /// </summary>
    public const string Anything = "*/*";

    private readonly byte[] _buffer;
    private readonly int _length;

    private RequestBody(byte[] buffer, int length, string mediaType)
    {
        _buffer = buffer;
        _length = length;
        MediaType = mediaType;
    }

    private string MediaType { get; }

    /// <summary>Without a byte order mark.</summary>
    private ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length) is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : _buffer.AsSpan(0, _length);

    /// <summary>Makes something of the bytes and notes what is wrong by pointer, null when nothing is left to judge; throws <see cref="JsonException"/> when they are not JSON.</summary>
    public delegate T? Parser<out T>(string mediaType, ReadOnlySpan<byte> body, List<JudgementError> errors);

    /// <summary>
    /// What the body says, with what is wrong with its form by pointer; or the answer to it: 413, 415, 400 when it is not JSON,
    /// 422 when its form leaves nothing to judge.
    /// </summary>
    public static async Task<(T? Message, IReadOnlyList<JudgementError> Faults, ApiProblemResult? Problem)> ParseAsync<T>(
        HttpRequest request, IReadOnlyList<string> mediaTypes, Parser<T> parse, CancellationToken cancellation)
        where T : class
    {
        var (body, problem) = await ReadAsync(request, mediaTypes, cancellation);
        if (body is null) return (null, [], problem);
        using (body)
        {
            var errors = new List<JudgementError>();
            try
            {
                var message = parse(body.MediaType, body.Bytes, errors);
                return (message, errors, message is null ? new ApiProblemResult(StatusCodes.Status422UnprocessableEntity, errors) : null);
            }
            catch (JsonException fault)
            {
                return (null, [], ApiProblemResult.NotJson(fault));
            }
        }
    }

    /// <summary>The body, or why it is not read: 415 for another media type or encoding, 413 over the limit, 400 when it is not UTF-8.</summary>
    private static async Task<(RequestBody? Body, ApiProblemResult? Problem)> ReadAsync(
        HttpRequest request, IReadOnlyList<string> mediaTypes, CancellationToken cancellation)
    {
        var type = request.GetTypedHeaders().ContentType;
        var accepted = mediaTypes.FirstOrDefault(m => type is not null && type.MediaType.Equals(m, StringComparison.OrdinalIgnoreCase));
        var encoded = request.Headers.ContentEncoding.Count > 0 && !string.Equals(request.Headers.ContentEncoding, "identity", StringComparison.OrdinalIgnoreCase);
        var charset = type?.Charset.Value?.Trim('"');
        if (accepted is null || encoded || (charset is not null && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            return (null, new ApiProblemResult(StatusCodes.Status415UnsupportedMediaType, "", "unsupported-media-type", string.Join(", ", mediaTypes)));
        if (request.ContentLength > MostBytes) return (null, TooLarge());

        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? 64 * 1024) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellation);
                if (read == 0) break;
                length += read;
                if (length > MostBytes) return Refuse(buffer, TooLarge());
                if (length == buffer.Length) buffer = Grow(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        return Utf8.IsValid(buffer.AsSpan(0, length))
            ? (new RequestBody(buffer, length, accepted), null)
            : Refuse(buffer, new ApiProblemResult(StatusCodes.Status400BadRequest, "", "not-utf8"));
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static ApiProblemResult TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "", "too-large");

    private static (RequestBody?, ApiProblemResult?) Refuse(byte[] buffer, ApiProblemResult problem)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        return (null, problem);
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
