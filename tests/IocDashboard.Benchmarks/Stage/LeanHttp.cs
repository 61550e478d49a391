using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// One HTTP/1.1 connection that posts and waits for the answer, with as little work as can be: on a machine of few cores the
/// load generator's work is taken from the server, and the peer's generator is a small program in C.
/// </summary>
internal sealed class LeanHttp : IDisposable
{
    // The server closes a connection that was silent for about two minutes: one that waited for its turn connects again before it sends.
    private static readonly TimeSpan TrustFor = TimeSpan.FromSeconds(60);

    private readonly int _port;
    private readonly string _head;
    private readonly Stopwatch _silence = new();
    private Socket _socket = NewSocket();
    private byte[] _answer = new byte[16 * 1024];

    private LeanHttp(int port, string head) => (_port, _head) = (port, head);

    public static async Task<LeanHttp> ConnectAsync(Uri server, string path, string token)
    {
        var http = new LeanHttp(server.Port, $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: ");
        await http.ConnectAsync();
        return http;
    }

    /// <summary>The body is valid until the next call.</summary>
    public async Task<(int Status, string Head, ReadOnlyMemory<byte> Body)> PostAsync(ReadOnlyMemory<byte> body)
    {
        if (_silence.Elapsed > TrustFor)
        {
            _socket.Dispose();
            _socket = NewSocket();
            await ConnectAsync();
        }

        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_head}{body.Length}\r\n\r\n"));
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out var segment);
        var total = head.Length + body.Length;
        var sent = await _socket.SendAsync((ArraySegment<byte>[])[head, segment]);
        while (sent < total) sent += await _socket.SendAsync(body[(sent - head.Length)..]);

        var length = 0;
        while (true)
        {
            if (length == _answer.Length) Array.Resize(ref _answer, 2 * length);
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
            if (!TryParse(_answer.AsMemory(0, length), out var answer)) continue;
            _silence.Restart();
            return answer;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task ConnectAsync()
    {
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port));
        _silence.Restart();
    }

    private static bool TryParse(ReadOnlyMemory<byte> bytes, out (int Status, string Head, ReadOnlyMemory<byte> Body) answer)
    {
        answer = default;
        var end = bytes.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = Encoding.ASCII.GetString(bytes.Span[..end]);
        var body = bytes[(end + 4)..];
        const string name = "content-length:";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            var line = head.AsSpan(at + name.Length);
            var stop = line.IndexOf('\r');
            if (body.Length < int.Parse(stop < 0 ? line : line[..stop], CultureInfo.InvariantCulture)) return false;
        }
        else if (!body.Span.EndsWith("0\r\n\r\n"u8))
        {
            return false;
        }

        answer = (int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body);
        return true;
    }
}
