using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace IocDashboard.Web.Api.Reading;

/// <summary>The shape of every list of the interface; <see cref="Next"/> is null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Writes answers as JSON in the interface's one way.</summary>
internal sealed class JsonAnswer(IOptions<JsonOptions> options)
{
    public const string ContentType = "application/json; charset=utf-8";

    public IResult Of<T>(T value) => new TaggedAnswer(JsonSerializer.SerializeToUtf8Bytes(value, options.Value.SerializerOptions), ContentType, next: null);

    public IResult Of<T>(Page<T> page) => new TaggedAnswer(JsonSerializer.SerializeToUtf8Bytes(page, options.Value.SerializerOptions), ContentType, page.Next);

    /// <summary>A page of a list that is held in memory, in the order of its codes or of the register.</summary>
    public IResult PageOf<TSource, T>(QueryReader query, IReadOnlyList<TSource> all, Func<TSource, string> code, Func<TSource, T> contract)
    {
        var limit = query.Limit();
        var begin = 0;
        if (query.Cursor(parts: 1) is [var last])
        {
            while (begin < all.Count && code(all[begin]) != last) begin++;
            if (begin == all.Count) query.Bad("cursor");
        }

        if (query.Problem is { } problem) return problem;
        var rest = query.Text("cursor") is null ? all : [.. all.Skip(begin + 1)];
        var items = rest.Take(limit).ToList();
        return Of(new Page<T>([.. items.Select(contract)], rest.Count > limit ? PageCursor.Write(code(items[^1])) : null));
    }
}
