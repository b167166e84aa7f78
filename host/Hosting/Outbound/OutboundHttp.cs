using System.Net;
using System.Net.Sockets;

namespace K12Hub.Hosting;

/// <summary>An address that must not be asked.</summary>
/// <param name="host">The name that leads there.</param>
/// <param name="isPrivate">Whether it would be allowed if private networks were.</param>
public sealed class ForbiddenAddressException(string host, bool isPrivate)
    : IOException($"{host} is at an address that is not allowed.")
{
    /// <summary>Whether it would be allowed if private networks were.</summary>
    public bool IsPrivate => isPrivate;
}

/// <summary>The only way out to an address that settings or other programs name: no redirects, no cookies, no proxy, no
/// addresses that are not allowed, and no plain HTTP but on this machine.</summary>
public static class OutboundHttp
{
    /// <summary>Makes the connections of a client.</summary>
    /// <param name="loopback">Whether this machine may be asked.</param>
    /// <param name="privateNetworks">Whether addresses of private networks may be asked.</param>
    /// <param name="connect">How long a connection may take.</param>
    public static SocketsHttpHandler Handler(bool loopback, bool privateNetworks, TimeSpan connect) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = connect,
        // Names may come to mean another address; the one of yesterday must not be kept.
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        ConnectCallback = (context, ct) => ConnectAsync(context, loopback, privateNetworks, ct),
    };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, bool loopback, bool privateNetworks, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isPlain = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp;
        var addresses = await Dns.GetHostAddressesAsync(host, ct).ConfigureAwait(false);
        // One forbidden address is enough: a name that leads to two networks is no name of an honest system.
        if (!AreAllowed(addresses, isPlain, loopback, privateNetworks))
            throw new ForbiddenAddressException(host, AreAllowed(addresses, isPlain, loopback, privateNetworks: true));

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool AreAllowed(IPAddress[] addresses, bool isPlain, bool loopback, bool privateNetworks) =>
        addresses.Length > 0 && addresses.All(address =>
            AddressRules.Allows(address, loopback, privateNetworks) && (!isPlain || IPAddress.IsLoopback(address)));
}
