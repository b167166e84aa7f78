using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace K12Hub.Bench.Measuring;

/// <summary>What a load showed. Latencies in milliseconds.</summary>
internal sealed record LoadFigures(
    int Requests, int Failures, double PerSecond, double P50, double P95, double P99);

/// <summary>Keeps a number of loopback connections busy for a while: each sends the next request when the answer is
/// complete. Written on sockets, because an HTTP client would take more processor time than the server
/// measured.</summary>
internal static class LoadGenerator
{
    /// <summary>What one connection saw.</summary>
    private sealed class Walk(List<double> latencies, int failures)
    {
        public List<double> Latencies { get; } = latencies;

        public int Failures { get; set; } = failures;
    }

    /// <param name="port">Port on 127.0.0.1; no other address is ever asked.</param>
    /// <param name="requests">Whole requests; every connection walks them from a start of its own.</param>
    /// <param name="connections">Connections held open; 1 to 256.</param>
    /// <param name="duration">How long; at most a minute.</param>
    /// <param name="ct">Stops early.</param>
    public static async Task<LoadFigures> RunAsync(
        int port, IReadOnlyList<byte[]> requests, int connections, TimeSpan duration, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(connections, 256);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromMinutes(1));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stop.CancelAfter(duration + TimeSpan.FromSeconds(10));
        var watch = Stopwatch.StartNew();
        var walks = Enumerable.Range(0, connections).Select(index => WalkAsync(index)).ToArray();
        var results = await Task.WhenAll(walks);

        return Figures(results, watch.Elapsed);

        async Task<Walk> WalkAsync(int index)
        {
            using var connection = new HttpConnection();
            await connection.OpenAsync(new(IPAddress.Loopback, port), stop.Token);
            var (latencies, failures) = (new List<double>(64 * 1024), 0);
            for (var next = index * 7; watch.Elapsed < duration; next++)
            {
                var sent = Stopwatch.GetTimestamp();
                if (!await connection.AskAsync(requests[next % requests.Count], stop.Token)) failures++;
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return new(latencies, failures);
        }
    }

    /// <summary>Asks so many times a second, however long the answers take, until something is over. Who waits for the
    /// answer before his waits as well: latencies count from the moment a question was due.</summary>
    /// <param name="port">Port on 127.0.0.1; no other address is ever asked.</param>
    /// <param name="requests">Whole requests; every connection walks them from a start of its own.</param>
    /// <param name="connections">Connections held open; 1 to 256.</param>
    /// <param name="perSecond">Questions a second, of all connections together.</param>
    /// <param name="over">Ends the load. It ends by itself after ten minutes.</param>
    /// <param name="ct">Stops early.</param>
    public static async Task<LoadFigures> PacedAsync(
        int port, IReadOnlyList<byte[]> requests, int connections, int perSecond, Task over, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(connections, 256);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stop.CancelAfter(TimeSpan.FromMinutes(10));
        var pace = TimeSpan.FromSeconds((double)connections / perSecond);
        var watch = Stopwatch.StartNew();
        var results = await Task.WhenAll(Enumerable.Range(0, connections).Select(index => WalkAsync(index)));
        return Figures(results, watch.Elapsed);

        async Task<Walk> WalkAsync(int index)
        {
            using var connection = new HttpConnection();
            await connection.OpenAsync(new(IPAddress.Loopback, port), stop.Token);
            var walk = new Walk([], 0);
            var due = pace * index / connections;
            for (var next = index * 7; !over.IsCompleted; next++, due += pace)
            {
                var begun = due;
                if (due > watch.Elapsed)
                {
                    await Task.Delay(due - watch.Elapsed, stop.Token);
                    begun = watch.Elapsed; // A timer that rings late is ours, not the server's.
                }

                if (!await connection.AskAsync(requests[next % requests.Count], stop.Token)) walk.Failures++;
                walk.Latencies.Add((watch.Elapsed - begun).TotalMilliseconds);
            }

            return walk;
        }
    }

    private static LoadFigures Figures(IReadOnlyList<Walk> walks, TimeSpan elapsed)
    {
        var latencies = walks.SelectMany(walk => walk.Latencies).Order().ToArray();
        return new(
            latencies.Length, walks.Sum(walk => walk.Failures), latencies.Length / elapsed.TotalSeconds,
            At(latencies, 0.50), At(latencies, 0.95), At(latencies, 0.99));
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    /// <summary>One kept-alive connection. Understands just what our servers answer.</summary>
    private sealed class HttpConnection : IDisposable
    {
        private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] buffer = new byte[1024 * 1024];

        public ValueTask OpenAsync(IPEndPoint address, CancellationToken ct) => socket.ConnectAsync(address, ct);

        /// <summary>Sends a request and reads the whole answer; false when it is not a 200 without GraphQL
        /// errors.</summary>
        public async ValueTask<bool> AskAsync(byte[] request, CancellationToken ct)
        {
            await socket.SendAsync(request, ct);
            var length = 0;
            while (!IsWhole(buffer.AsSpan(0, length)))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                if (read == 0) throw new IOException("The server closed the connection in the middle of an answer.");
                length += read;
            }

            var answer = buffer.AsSpan(0, length);
            return answer.StartsWith("HTTP/1.1 200 "u8) && answer.IndexOf("\"errors\""u8) < 0;
        }

        public void Dispose() => socket.Dispose();

        // Nothing is pipelined, so what follows an answer's end is never the start of the next.
        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0) return false;
            // Kestrel writes the header's name one way, Node the other.
            var stated = Math.Max(
                answer[..end].IndexOf("Content-Length: "u8), answer[..end].IndexOf("content-length: "u8));
            if (stated < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);

            var number = answer[(stated + "Content-Length: ".Length)..];
            return answer.Length >= end + 4 + int.Parse(number[..number.IndexOf((byte)'\r')]);
        }
    }
}
