using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation.Mail;

namespace IocDashboard.Web.Features.Escalation.Posting;

/// <summary>A notice as a webhook receives it. Names and meanings stay; a receiver ignores members that it does not know.</summary>
/// <param name="Id">As in header <c>webhook-id</c>.</param>
/// <param name="Type"><c>notice.reminder</c>, <c>notice.escalation</c>, <c>notice.signalLost</c>.</param>
/// <param name="Agency">Whose reports or sources it is about.</param>
/// <param name="Reader">Whom it is for: an agency, or <c>IOC</c>, <c>VPUBND</c>, <c>UBND</c>.</param>
public sealed record PostedNotice(string Id, string Type, DateTimeOffset Timestamp, string Agency, string Reader, ImmutableArray<string> Audiences, PostedText Vi, PostedText En, ImmutableArray<PostedReport> Reports)
{
    /// <summary>Of <c>notice.signalLost</c>, which is about no reports; null of others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PostedSource[]? Sources { get; init; }
}

public sealed record PostedText(string Subject, string Body);

/// <param name="DueAt">UTC.</param>
/// <param name="Missed">The step was taken more than an hour after <paramref name="StepAt"/>.</param>
public sealed record PostedReport(string Form, string Agency, string Period, DateTimeOffset DueAt, string Step, DateTimeOffset StepAt, bool Missed);

/// <param name="LostAt">When its rule was broken (UTC).</param>
/// <param name="LastAt">Its newest measurement; null when it never sent any.</param>
public sealed record PostedSource(string Feed, string Agency, DateTimeOffset LostAt, DateTimeOffset? LastAt);

/// <summary>The body of a delivery: the same bytes for the same notice.</summary>
internal static class NoticeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(string id, string reader, IEnumerable<Audience> to, DateTimeOffset madeAt, LetterPart part, CatalogueSnapshot catalogue, ProvinceTime time) => JsonSerializer.SerializeToUtf8Bytes(
        new PostedNotice(
            id, $"notice.{JsonNamingPolicy.CamelCase.ConvertName(part.Kind.ToString())}", madeAt, part.Agency, reader, [.. to.Select(a => JsonNamingPolicy.CamelCase.ConvertName(a.ToString()))],
            TextOf(Letters.TextOf(part, Letters.Vietnamese, catalogue, time)), TextOf(Letters.TextOf(part, Letters.English, catalogue, time)), [.. part.Items.Where(i => i.Feed is null).Select(Report)])
        {
            Sources = part.Kind == NoticeKind.SignalLost ? [.. part.Items.Select(i => new PostedSource(i.Feed!, part.Agency, i.DueAt, i.LastAt))] : null,
        }, Options);

    private static PostedText TextOf((string Subject, string Body) text) => new(text.Subject, text.Body);

    private static PostedReport Report(NoticeItem item)
    {
        var (form, agency, period) = ReportKey.Parse(item.Report);
        return new(form, agency, period.ToString(), item.DueAt, item.Step, item.At, item.IsMissed);
    }
}
