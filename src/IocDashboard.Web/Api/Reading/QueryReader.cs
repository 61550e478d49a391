using System.Collections.Frozen;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Problems;
using Microsoft.Extensions.Primitives;

namespace IocDashboard.Web.Api.Reading;

/// <summary>
/// Reads the parameters of a question and notes everything that is wrong with them, by name. A parameter that no question knows
/// is wrong too: a misspelt <c>asOf</c> must not be answered with the present.
/// </summary>
internal sealed class QueryReader
{
    public const int MostItems = 1_000;

    private const int UsualItems = 100;

    private readonly IQueryCollection _query;
    private readonly List<JudgementError> _errors = [];

    /// <summary>Of a request to an endpoint that names its <see cref="QueryParameters"/>.</summary>
    public QueryReader(HttpRequest request)
    {
        _query = request.Query;
        var known = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<QueryParameters>()?.Names ?? [];
        foreach (var name in _query.Keys)
        {
            if (!known.Contains(name)) Wrong(name, "unknown-parameter", name, string.Join(", ", known));
        }
    }

    /// <summary>Null when all is well.</summary>
    public ApiProblemResult? Problem => _errors.Count == 0 ? null : new(StatusCodes.Status422UnprocessableEntity, _errors);

    public void Wrong(string name, string code, params string[] arguments) => _errors.Add(JudgementError.At("?" + name, code, arguments));

    public string? Text(string name)
    {
        var values = _query[name];
        if (values.Count > 1) Bad(name);
        return StringValues.IsNullOrEmpty(values) ? null : values[0]!.Trim();
    }

    /// <summary>Several codes, parted by commas or by repeating the parameter; empty when absent.</summary>
    public IReadOnlyList<string> Codes<T>(string name, FrozenDictionary<string, T> known)
    {
        var codes = _query[name].SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal).ToList();
        foreach (var code in codes.Where(c => !known.ContainsKey(c))) Wrong(name, "bad-parameter", name, code);
        return codes;
    }

    public string? Code<T>(string name, FrozenDictionary<string, T> known)
    {
        var code = Text(name);
        if (code is not null && !known.ContainsKey(code)) Bad(name);
        return code;
    }

    public T? Word<T>(string name, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Text(name) is not { } text) return null;
        if (words.TryGetValue(text, out var word)) return word;
        Wrong(name, "unknown-word", text, string.Join(", ", words.Keys));
        return null;
    }

    public bool Flag(string name)
    {
        if (Text(name) is not { } text) return false;
        if (bool.TryParse(text, out var flag)) return flag;
        Bad(name);
        return false;
    }

    /// <summary>An instant with its offset, as in RFC 3339. A plus sign that came as a space is understood.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text) return null;
        if (TryInstant(text, out var instant)) return instant;
        Bad(name);
        return null;
    }

    /// <summary>A day, or the province's day of an instant.</summary>
    public DateOnly? Day(string name, ProvinceTime time)
    {
        if (Text(name) is { } text && ReportingPeriod.TryParse(text, out var period) && period.Rhythm == Domain.Catalogue.Rhythm.Daily) return period.FirstDay;
        return Instant(name) is { } instant ? time.DayOf(instant) : null;
    }

    /// <summary>The first instant of a period or day, or an instant.</summary>
    public DateTimeOffset? From(ProvinceTime time, string name = "from") => Bound(name, p => time.StartOf(p.FirstDay));

    /// <summary>The first instant after a period or day, or an instant: what begins before it is inside.</summary>
    public DateTimeOffset? Through(ProvinceTime time, string name = "to") => Bound(name, p => time.StartOf(p.Next.FirstDay));

    public int Limit()
    {
        if (Text("limit") is not { } text) return UsualItems;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostItems) return limit;
        Bad("limit");
        return UsualItems;
    }

    /// <summary>The parts of the cursor that a page of the same question gave.</summary>
    public string[]? Cursor(int parts)
    {
        if (Text("cursor") is not { } text) return null;
        if (PageCursor.TryRead(text, parts, out var read)) return read;
        Bad("cursor");
        return null;
    }

    public void Bad(string name) => Wrong(name, "bad-parameter", name, _query[name].ToString());

    private DateTimeOffset? Bound(string name, Func<ReportingPeriod, DateTimeOffset> ofPeriod)
    {
        if (Text(name) is not { } text) return null;
        if (ReportingPeriod.TryParse(text, out var period)) return ofPeriod(period);
        if (TryInstant(text, out var instant)) return instant;
        Bad(name);
        return null;
    }

    private static bool TryInstant(string text, out DateTimeOffset instant)
    {
        string[] forms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz"];
        var read = DateTimeOffset.TryParseExact(
            text.Replace(' ', '+').Replace("Z", "+00:00", StringComparison.OrdinalIgnoreCase), forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
        instant = instant.ToUniversalTime();
        return read;
    }
}
