using MimeKit;

namespace IocDashboard.Web.Features.Escalation.Mail;

/// <summary>A letter that came back: a report of a mail server that it could not be delivered, for good (RFC 3464).</summary>
/// <param name="MessageId">Of the letter, as it was sent.</param>
/// <param name="Reason">Status and words of the server that refused it, in its language.</param>
public sealed record Bounce(string MessageId, string Reason)
{
    /// <returns>Null for what is no such report, and for one that only says that a letter is late.</returns>
    public static Bounce? Read(MimeMessage message)
    {
        if (message.Body is not MultipartReport report) return null;
        var failed = report.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups)
            .FirstOrDefault(group => string.Equals(group["Action"]?.Trim(), "failed", StringComparison.OrdinalIgnoreCase));
        if (failed is null || IdIn(report) is not { Length: > 0 } id) return null;
        // "smtp; 550 5.1.1 No such user": the part before the semicolon says whose language the code is in.
        var words = failed["Diagnostic-Code"] is { } code ? code[(code.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim() : "";
        return new(id, words.Length > 0 ? words : failed["Status"]?.Trim() ?? "5.0.0");
    }

    /// <summary>The letter comes back whole, or its headers alone.</summary>
    private static string? IdIn(MultipartReport report)
    {
        foreach (var part in report)
        {
            if (part is MessagePart { Message.MessageId: { } id }) return id;
            if (part is TextPart { ContentType: { MediaType: "text", MediaSubtype: "rfc822-headers" }, Content: { } held })
            {
                using var content = new MemoryStream();
                held.DecodeTo(content);
                content.Position = 0;
                return HeaderList.Load(content)[HeaderId.MessageId] is { } header ? MimeKit.Utils.MimeUtils.ParseMessageId(header) : null;
            }
        }

        return null;
    }
}
