using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace IocDashboard.Tests.Fixtures;

/// <summary>A mailbox that answers IMAP (hoodiecrow on Node.js) as a process of its own.</summary>
public sealed class Mailbox : IAsyncDisposable
{
    public const string User = "ioc", Password = "mailbox";

    private readonly Process _process;

    private Mailbox(int port)
    {
        Port = port;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [Path.Combine(Source(), "server.mjs"), port.ToString(CultureInfo.InvariantCulture)])
            {
                UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            },
        };
    }

    public int Port { get; }

    public static async Task<Mailbox> StartAsync(int port)
    {
        var box = new Mailbox(port);
        box._process.Start();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        if (await box._process.StandardOutput.ReadLineAsync(patience.Token) == "ready") return box;
        await box.DisposeAsync();
        throw new InvalidOperationException("The mailbox did not start (./ioc test installs it; by hand: npm ci in tests/imap-server)");
    }

    /// <summary>As a mail server delivers it.</summary>
    public async Task PutAsync(string message)
    {
        using var client = await OpenAsync();
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")));
        await client.Inbox!.AppendAsync(await MimeMessage.LoadAsync(text), MessageFlags.None);
    }

    /// <summary>Subjects of what nobody has seen.</summary>
    public async Task<IReadOnlyList<string?>> UnseenAsync()
    {
        using var client = await OpenAsync();
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        return [.. (await client.Inbox.FetchAsync(0, -1, MessageSummaryItems.Flags | MessageSummaryItems.Envelope)).Where(m => m.Flags?.HasFlag(MessageFlags.Seen) != true).Select(m => m.Envelope?.Subject)];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<ImapClient> OpenAsync()
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None);
        await client.AuthenticateAsync(User, Password);
        return client;
    }

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "imap-server");
}
