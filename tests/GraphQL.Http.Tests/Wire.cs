using System.Net.Sockets;
using System.Text;

namespace K12Hub.GraphQL.Http.Tests;

/// <summary>A connection that sends what no HTTP client would.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpClient connection = new();

    public static async Task<Wire> Connect(Uri server)
    {
        var wire = new Wire();
        await wire.connection.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        return wire;
    }

    public async Task Send(string text)
    {
        try
        {
            await connection.GetStream().WriteAsync(
                Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server has answered and hung up already.
        }
    }

    /// <summary>What the server says until it hangs up.</summary>
    public async Task<string> ReadToEnd()
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var count = await connection.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
                if (count == 0) break;
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // It hung up without waiting for what we were still sending.
        }

        return answer.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await ValueTask.CompletedTask;
    }
}
