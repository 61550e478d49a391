namespace IocDashboard.Web.Platform.Http;

/// <summary>
/// Refuses with 400 what is no text: U+0000, which the database does not take, and U+FFFE and halves of pairs, which nothing
/// that compares text takes. Looked at in queries and forms; the interface's own messages are judged where they are read.
/// </summary>
internal static class UnreadableText
{
    public static async Task Refuse(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Query.Any(q => !IsText(q.Key) || q.Value.Any(v => !IsText(v))) || !await IsFormTextAsync(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(http);
    }

    public static bool IsText(string? text)
    {
        foreach (var rune in (text ?? "").AsSpan().EnumerateRunes())
            if (rune.Value is 0 or 0xFFFE or 0xFFFD) return false;
        return true;
    }

    private static async Task<bool> IsFormTextAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return true;
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.All(f => IsText(f.Key) && f.Value.All(IsText));
        }
        catch (Exception unread) when (unread is InvalidDataException or BadHttpRequestException or IOException)
        {
            // Whoever reads it next says what is wrong with it.
            return true;
        }
    }
}
