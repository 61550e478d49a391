using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Platform.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation.Posting;

/// <summary>
/// Posts notices to webhooks, claimed and tried again as letters are. A receiver that answered and a node that died before it wrote that
/// down make a repeat, under the same <c>webhook-id</c>. 2xx is taken; 4xx is for good, but 408 and 429; all else passes and is tried again.
/// </summary>
public sealed class PostNotices(
    NpgsqlDataSource database, CatalogueCache catalogue, WebhookGate gate, IDataProtectionProvider protection, ProvinceTime time, TimeProvider clock, ILogger<PostNotices> logger) : IDisposable
{
    private const int PostsInRun = 200, AtOnce = 4;

    // A receiver that lets everybody wait must not make a run look stuck; the next begins seconds later.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);

    private readonly HttpClient _client = gate.NewClient();
    private readonly IDataProtector _protector = protection.CreateProtector(RegisterWebhook.Purpose);

    /// <summary>Some at once: a receiver that lets one wait holds up the others little.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => RunAsync(cancellation)));
        return runs.Sum();
    }

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (taken, until) = (0, clock.GetUtcNow() + LongestRun);
        for (var i = 0; i < PostsInRun && clock.GetUtcNow() < until && await ClaimAsync(cancellation) is { } post; i++)
            if (await PostAsync(post, cancellation)) taken++;
        return taken;
    }

    private async Task<bool> PostAsync(Post post, CancellationToken cancellation)
    {
        long[] id = [post.Id];
        if (post.Secret is not { } kept || gate.Read(post.Url) is not { } url)
        {
            await database.MarkFailedAsync(id, post.Secret is null ? Webhooks.EndedCode : Webhooks.NotAllowedCode, clock.GetUtcNow());
            return false;
        }

        try
        {
            using var request = RequestOf(post, url, _protector.Unprotect(kept));
            // The answer's body is nobody's: what counts is its status.
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var said = string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
            if (answer.IsSuccessStatusCode) await database.MarkSentAsync(id, clock.GetUtcNow());
            else if (IsForGood(answer.StatusCode)) await database.MarkFailedAsync(id, said, clock.GetUtcNow());
            else await database.MarkLaterAsync(id, said, clock.GetUtcNow());
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException or SocketException or ForbiddenAddressException or CryptographicException)
        {
            // The inner one says what was the matter.
            await database.MarkLaterAsync(id, failure is ForbiddenAddressException || failure.InnerException is ForbiddenAddressException ? Webhooks.NotAllowedCode : (failure.InnerException ?? failure).Message, clock.GetUtcNow());
            logger.LogWarning(failure, "The webhook {Webhook} could not be reached; its notice {Notice} waits", post.Webhook, post.Id);
            return false;
        }
    }

    private static bool IsForGood(HttpStatusCode status) => (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private HttpRequestMessage RequestOf(Post post, Uri url, string secret)
    {
        var (id, now) = (string.Create(CultureInfo.InvariantCulture, $"notice-{post.Id}-{post.MadeAt.ToUnixTimeMilliseconds()}"), clock.GetUtcNow());
        var body = NoticeJson.Of(id, post.Reader, post.To, post.MadeAt, post.Part, catalogue.Current, time);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new("IocDashboard", null));
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(secret, id, now, body));
        return request;
    }

    /// <summary>Committed before anything is sent.</summary>
    private async Task<Post?> ClaimAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand("""
            update notice n set claimed_until = $2, attempts = attempts + 1
            from (select id from notice where channel = 2 and sent_at is null and failed_at is null and send_at <= $1 and (claimed_until is null or claimed_until <= $1)
                  order by send_at, id limit 1 for update skip locked) due
            where n.id = due.id
            returning n.id, n.kind, n.agency, n.reader, n.audiences, n.items::text, n.texts::text, n.made_at, n.address,
                (select w.url from webhook w where w.id = n.address::uuid), (select w.secret from webhook w where w.id = n.address::uuid and w.ended_at is null)
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(now), Sql.Of(now + Delivery.Claim)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(
                reader.GetInt64(0), reader.GetString(3), [.. reader.GetFieldValue<short[]>(4).Select(a => (Audience)a)], reader.GetFieldValue<DateTimeOffset>(7),
                new(
                    (NoticeKind)reader.GetInt16(1), reader.GetString(2), [.. JsonSerializer.Deserialize<NoticeItem[]>(reader.GetString(5), EventJson.Options)!],
                    reader.Text(6) is { } texts ? JsonSerializer.Deserialize<StepTexts>(texts, EventJson.Options) : null),
                reader.GetString(8), reader.Text(9), reader.Text(10))
            : null;
    }

    public void Dispose() => _client.Dispose();

    /// <param name="Secret">As it is kept; null when the webhook has ended.</param>
    private sealed record Post(long Id, string Reader, Audience[] To, DateTimeOffset MadeAt, LetterPart Part, string Webhook, string? Url, string? Secret);
}
