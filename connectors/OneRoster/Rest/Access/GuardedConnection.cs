using System.Net;
using System.Net.Sockets;

namespace K12Hub.OneRoster.Rest.Access;

/// <summary>An address that must not be asked.</summary>
internal sealed class ForbiddenAddressException(string host)
    : IOException($"{host} is at an address that is not allowed.");

/// <summary>The only way out to a source: limits of time, no redirects, no cookies, no addresses that are not
/// allowed.</summary>
internal static class GuardedConnection
{
    public static HttpClient Open(RestSourceSettings settings) => new(Handler(settings))
    {
        // Each request has a limit of its own, which also covers its body.
        Timeout = Timeout.InfiniteTimeSpan,
        // Who guards a source wants to see who it is; some refuse those that do not say.
        DefaultRequestHeaders = { { "User-Agent", "K12Hub" } },
    };

    private static SocketsHttpHandler Handler(RestSourceSettings settings) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(settings.ConnectSeconds),
        // Names may come to mean another address; a nightly run must not keep the one of yesterday.
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        ConnectCallback = (context, ct) => ConnectAsync(context, settings, ct),
    };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, RestSourceSettings settings, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isPlain = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp;
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        // One forbidden address is enough: a name that leads to two networks is no name of a school's system.
        if (addresses.Length == 0 || !addresses.All(address =>
            AddressRules.Allows(address, settings.AllowLoopback, settings.AllowPrivateAddresses)
            && (!isPlain || IPAddress.IsLoopback(address))))
        {
            throw new ForbiddenAddressException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
