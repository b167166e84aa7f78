using System.Diagnostics;
using System.Text;
using System.Text.Json;
using K12Hub.Bench.Measuring;
using Npgsql;

namespace K12Hub.Bench.Page;

/// <summary>The same page served by mercurius with its JIT on Fastify, over the same table. Its packages are installed
/// into the scratch folder, exactly as locked.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private const string ReadyLine = "peer at ";

    private readonly AppProcess process;

    private NodePeer(AppProcess process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int ProcessId => process.Id;

    /// <returns>Null, after saying why, where Node or its packages cannot be had.</returns>
    public static async Task<NodePeer?> StartAsync(Scratch scratch, string database, CancellationToken ct)
    {
        var folder = scratch.FileAt("mercurius");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "peers", "mercurius")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        if (!await InstallAsync(folder, ct)) return null;

        var process = AppProcess.StartNode([Path.Combine(folder, "server.mjs")], Settings(database));
        try
        {
            return new(process, new((await process.LineAsync(ReadyLine, ct))[ReadyLine.Length..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public byte[] Request(string body) => Encoding.UTF8.GetBytes(
        $"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{Address.Port}\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>The peer's own form of a cursor.</summary>
    public static string Cursor((string Family, string Given, Guid Id) after) => System.Buffers.Text.Base64Url
        .EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([after.Family, after.Given, $"{after.Id}"]));

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<bool> InstallAsync(string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            var said = await Task.WhenAll(
                npm.StandardOutput.ReadToEndAsync(ct), npm.StandardError.ReadToEndAsync(ct));
            await npm.WaitForExitAsync(ct);
            if (npm.ExitCode == 0) return true;
            Console.WriteLine($"  mercurius skipped: npm ci ended with {npm.ExitCode}. {said[1].Trim()}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("  mercurius skipped: there is no npm on this machine.");
        }

        return false;
    }

    private static Dictionary<string, string> Settings(string database)
    {
        var address = new NpgsqlConnectionStringBuilder(database);
        return new()
        {
            ["NODE_ENV"] = "production",
            ["K12HUB_BENCH_SOCKET"] = address.Host!,
            ["K12HUB_BENCH_NAME"] = address.Database!,
            ["K12HUB_BENCH_USER"] = address.Username!,
            ["K12HUB_BENCH_PASSWORD"] = address.Password ?? "",
            ["K12HUB_BENCH_CONNECTIONS"] = $"{RawEndpoint.Connections}",
        };
    }
}
