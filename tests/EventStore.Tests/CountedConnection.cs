using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace K12Hub.EventStore.Tests;

/// <summary>Stands between a store and its server and counts how often the store speaks and then waits.</summary>
internal sealed class CountedConnection : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _roundTrips;
    private volatile bool _answered = true;

    public CountedConnection(string connectionString)
    {
        _server = new(connectionString);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
            MaxPoolSize = 1,
        }.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    public int RoundTrips => Volatile.Read(ref _roundTrips);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        using var client = await _listener.AcceptSocketAsync(_stop.Token);
        using var server = await ConnectAsync();
        await Task.WhenAny(PumpAsync(client, server, speaks: true), PumpAsync(server, client, speaks: false));
    }

    private async Task<Socket> ConnectAsync()
    {
        var local = _server.Host!.StartsWith('/');
        var socket = new Socket(
            local ? AddressFamily.Unix : AddressFamily.InterNetwork,
            SocketType.Stream,
            local ? ProtocolType.Unspecified : ProtocolType.Tcp);
        EndPoint address = local
            ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}")
            : new DnsEndPoint(_server.Host, _server.Port);
        await socket.ConnectAsync(address, _stop.Token);
        return socket;
    }

    private async Task PumpAsync(Socket from, Socket to, bool speaks)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
        {
            if (speaks && _answered)
            {
                Interlocked.Increment(ref _roundTrips);
            }

            _answered = !speaks;
            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token);
            }
        }
    }
}
