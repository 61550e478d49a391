using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>JSON for a page's data attributes: Vietnamese as it is written, a sixth of the bytes of its escapes.</summary>
public static class PageJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
