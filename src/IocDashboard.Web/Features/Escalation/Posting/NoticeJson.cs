using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation.Mail;

namespace IocDashboard.Web.Features.Escalation.Posting;

/// <summary>A notice as a webhook receives it. Names and meanings stay; a receiver ignores members that it does not know.</summary>
/// <param name="Id">As in header <c>webhook-id</c>.</param>
/// <param name="Type"><c>notice.reminder</c>, <c>notice.escalation</c>.</param>
/// <param name="Agency">Whose reports it is about.</param>
/// <param name="Reader">Whom it is for: an agency, or <c>IOC</c>, <c>VPUBND</c>, <c>UBND</c>.</param>
public sealed record PostedNotice(string Id, string Type, DateTimeOffset Timestamp, string Agency, string Reader, ImmutableArray<string> Audiences, PostedText Vi, PostedText En, ImmutableArray<PostedReport> Reports);

public sealed record PostedText(string Subject, string Body);

/// <param name="DueAt">UTC.</param>
/// <param name="Missed">The step was taken more than an hour after <paramref name="StepAt"/>.</param>
public sealed record PostedReport(string Form, string Agency, string Period, DateTimeOffset DueAt, string Step, DateTimeOffset StepAt, bool Missed);

/// <summary>The body of a delivery: the same bytes for the same notice.</summary>
internal static class NoticeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(string id, string reader, IEnumerable<Audience> to, DateTimeOffset madeAt, LetterPart part, CatalogueSnapshot catalogue, ProvinceTime time) => JsonSerializer.SerializeToUtf8Bytes(
        new PostedNotice(
            id, $"notice.{JsonNamingPolicy.CamelCase.ConvertName(part.Kind.ToString())}", madeAt, part.Agency, reader, [.. to.Select(a => JsonNamingPolicy.CamelCase.ConvertName(a.ToString()))],
            TextOf(Letters.TextOf(part, Letters.Vietnamese, catalogue, time)), TextOf(Letters.TextOf(part, Letters.English, catalogue, time)), [.. part.Items.Select(Report)]), Options);

    private static PostedText TextOf((string Subject, string Body) text) => new(text.Subject, text.Body);

    private static PostedReport Report(NoticeItem item)
    {
        var (form, agency, period) = ReportKey.Parse(item.Report);
        return new(form, agency, period.ToString(), item.DueAt, item.Step, item.At, item.IsMissed);
    }
}
