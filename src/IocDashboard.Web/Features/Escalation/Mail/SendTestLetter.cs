using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Mail;
using MailKit.Net.Smtp;
using MimeKit;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation.Mail;

/// <summary>What became of a test letter. The words for people are among the console's texts, <c>Post.Test.…</c>.</summary>
public enum TestLetterResult { Taken, Refused, Away, NotConfigured, NoAddress, TooMany, NotAnAddress }

/// <param name="Answer">What the server itself said, in its own words; null where it said nothing.</param>
/// <param name="Why">Of a letter that did not come so far as to be judged.</param>
public sealed record TestLetterOutcome(TestLetterResult Result, string? Address = null, string? Answer = null, MailFailure? Why = null);

/// <summary>Sends a letter to one's own address, of one's account, by the way that all letters go; few in an hour, on however many nodes.</summary>
public sealed class SendTestLetter(NpgsqlDataSource database, MailSettings settings, AuditTrail audit, ProvinceTime time, TimeProvider clock)
{
    public const int MostInAnHour = 5, LongestAddress = 256;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Null where nobody has written one.</summary>
    public async Task<string?> AddressOf(string account, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""select "Email" from identity.account where "NormalizedUserName" = upper($1)""");
        command.Parameters.Add(Sql.Of(account));
        return await command.ExecuteScalarAsync(cancellation) as string is { Length: > 0 } address ? address : null;
    }

    /// <summary>Keeps one's own address.</summary>
    /// <returns>False: it is no address.</returns>
    public async Task<bool> KeepAddress(string? address, AuditActor me, CancellationToken cancellation)
    {
        var wanted = address?.Trim() ?? "";
        if (wanted.Length > LongestAddress || !MailboxAddress.TryParse(wanted, out var parsed) || parsed.Address != wanted || !wanted.Contains('@')) return false;
        var before = await AddressOf(me.Name, cancellation);
        if (before == wanted) return true;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var update = new NpgsqlCommand("""update identity.account set "Email" = $2, "NormalizedEmail" = upper($2) where "NormalizedUserName" = upper($1)""", connection) { Parameters = { Sql.Of(me.Name), Sql.Of(wanted) } })
            await update.ExecuteNonQueryAsync(cancellation);
        await audit.AppendAsync(transaction, AuditActions.AccountChanged, me.Name, AuditOutcome.Done, new() { ["email"] = before }, new() { ["email"] = wanted }, me, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    public async Task<TestLetterOutcome> Handle(AuditActor me, CancellationToken cancellation)
    {
        if (!settings.IsConfigured) return new(TestLetterResult.NotConfigured);
        if (await AddressOf(me.Name, cancellation) is not { } address) return new(TestLetterResult.NoAddress);
        if (!await MayAsync(me, address, cancellation)) return new(TestLetterResult.TooMany, address);
        using var client = MailConnection.NewClient();
        try
        {
            await MailConnection.OpenAsync(client, settings, cancellation);
        }
        catch (Exception away) when (MailConnection.IsAway(away))
        {
            return new(TestLetterResult.Away, address, MailConnection.AnswerOf(away), MailConnection.FailureOf(away));
        }

        try
        {
            var answer = await client.SendAsync(MessageOf(address), cancellation);
            return new(TestLetterResult.Taken, address, answer);
        }
        catch (SmtpCommandException refused)
        {
            return new(TestLetterResult.Refused, address, MailConnection.TextOf(refused));
        }
        catch (Exception away) when (MailConnection.IsAway(away))
        {
            return new(TestLetterResult.Away, address, MailConnection.AnswerOf(away), MailConnection.FailureOf(away));
        }
        finally
        {
            if (client.IsConnected) await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
    }

    private MimeMessage MessageOf(string address)
    {
        var at = time.Local(clock.GetUtcNow()).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        var message = new MimeMessage { Subject = Letters.Text("Test.Subject", Letters.Vietnamese), Date = clock.GetUtcNow() };
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(new MailboxAddress(null, address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = $"{Letters.Text("Test.Body", Letters.Vietnamese, at)}\r\n\r\n—\r\n\r\n{Letters.Text("Test.Body", Letters.English, at)}\r\n" };
        return message;
    }

    /// <summary>Counts the attempt, under a lock of the account: two pages of one person do not pass together.</summary>
    private async Task<bool> MayAsync(AuditActor me, string address, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock(hashtextextended('test-letter:' || $1, 0))") { Parameters = { Sql.Of(me.Name) } },
                new("delete from test_letter where at <= $1") { Parameters = { Sql.Of(now - Window) } },
            },
        })
            await batch.ExecuteNonQueryAsync(cancellation);
        await using var insert = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            insert into test_letter (account, at) select $1, $2 where (select count(*) from test_letter where account = $1) < {MostInAnHour}
            """), connection) { Parameters = { Sql.Of(me.Name), Sql.Of(now) } };
        if (await insert.ExecuteNonQueryAsync(cancellation) == 0) return false;
        await audit.AppendAsync(transaction, AuditActions.TestLetterSent, me.Name, AuditOutcome.Done, after: new JsonObject { ["address"] = address }, by: me, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
