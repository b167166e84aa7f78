using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace K12Hub.Testing;

/// <summary>Stands between a program and its PostgreSQL and cuts one connection at the n-th thing the program says:
/// before the server hears it, or after the server has done it and before the program hears of it.</summary>
public sealed class CutConnection : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> pumps = [];
    private readonly Lock gate = new();
    private readonly Task accepting;
    private int said;
    private int cutAt = int.MaxValue;
    private bool afterwards;

    public CutConnection(string connectionString)
    {
        server = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
        }.ConnectionString;
        accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Whether the cut has been made.</summary>
    public bool IsCut
    {
        get
        {
            lock (gate) return said >= cutAt;
        }
    }

    /// <summary>How many things were said since it was told where to cut.</summary>
    public int Said
    {
        get
        {
            lock (gate) return said;
        }
    }

    /// <summary>Cuts once, at the n-th thing said from now on, by whatever connection.</summary>
    /// <param name="nth">From 1.</param>
    /// <param name="afterDone">Lets the server do it, and cuts when it answers.</param>
    public void CutAt(int nth, bool afterDone)
    {
        lock (gate) (said, cutAt, afterwards) = (0, nth, afterDone);
    }

    /// <summary>Cuts no more.</summary>
    public void Heal()
    {
        lock (gate) cutAt = int.MaxValue;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptSocketAsync(stop.Token);
            pumps.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var near = client;
        using var far = await ConnectAsync();
        var cutting = new Cutting();
        await Task.WhenAny(SpeakAsync(near, far, cutting), AnswerAsync(far, near, cutting));
    }

    private async Task SpeakAsync(Socket client, Socket database, Cutting cutting)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReceiveAsync(buffer, stop.Token) is > 0 and var count)
        {
            if (IsNth(out var afterDone))
            {
                if (!afterDone) return;
                cutting.AtAnswer = true;
            }

            await SendAsync(database, buffer.AsMemory(0, count));
        }
    }

    private async Task AnswerAsync(Socket database, Socket client, Cutting cutting)
    {
        var buffer = new byte[64 * 1024];
        while (await database.ReceiveAsync(buffer, stop.Token) is > 0 and var count && !cutting.AtAnswer)
        {
            await SendAsync(client, buffer.AsMemory(0, count));
        }
    }

    private bool IsNth(out bool afterDone)
    {
        lock (gate)
        {
            afterDone = afterwards;
            return ++said == cutAt;
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await to.SendAsync(bytes[sent..], stop.Token);
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var local = server.Host!.StartsWith('/');
        var socket = new Socket(
            local ? AddressFamily.Unix : AddressFamily.InterNetwork,
            SocketType.Stream,
            local ? ProtocolType.Unspecified : ProtocolType.Tcp);
        EndPoint address = local
            ? new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}")
            : new DnsEndPoint(server.Host, server.Port);
        await socket.ConnectAsync(address, stop.Token);
        return socket;
    }

    private sealed class Cutting
    {
        public volatile bool AtAnswer;
    }
}
