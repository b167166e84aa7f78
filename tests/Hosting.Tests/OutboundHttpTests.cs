using System.Net;
using System.Net.Sockets;

namespace K12Hub.Hosting.Tests;

/// <summary>What leads to an address that is not allowed is not asked.</summary>
public sealed class OutboundHttpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost", false, false)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("[::ffff:127.0.0.1]", false, true)]
    public async Task No_connection_is_made_to_this_machine_unless_it_may_be_asked(
        string host, bool loopback, bool privateNetworks)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new HttpClient(
            OutboundHttp.Handler(loopback, privateNetworks, TimeSpan.FromSeconds(4)));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(
            new Uri($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/"), Ct));

        Assert.IsType<ForbiddenAddressException>(refused.InnerException);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task What_may_be_asked_is()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new HttpClient(OutboundHttp.Handler(true, false, TimeSpan.FromSeconds(4)));
        var asking = client.GetAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), Ct);

        using var asked = await listener.AcceptSocketAsync(Ct);
        listener.Stop();
        asked.Close();

        await Assert.ThrowsAsync<HttpRequestException>(() => asking); // It was asked, and did not answer.
    }
}
